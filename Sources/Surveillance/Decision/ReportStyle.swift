/// The style of the report: everything is in the page, and it follows the reader's light or dark.
enum ReportStyle {
  static let css = """
    :root{color-scheme:light dark;--bg:#fff;--sunk:#f3f5f8;--line:#d5dae2;--text:#12161d;--soft:#47505e;--accent:#1d57c4;\
    --ok:#0a6e45;--warn:#8a4f00;--bad:#b42318}
    @media (prefers-color-scheme:dark){:root{--bg:#0d1015;--sunk:#1c222b;--line:#2f3844;--text:#e9edf3;--soft:#b2bcca;\
    --accent:#8ab4ff;--ok:#5bd6a0;--warn:#f6be55;--bad:#ff8a80}}
    *{box-sizing:border-box}
    body{margin:0;background:var(--bg);color:var(--text);font:15px/1.55 system-ui,"Segoe UI",Roboto,sans-serif}
    main{max-width:72rem;margin:auto;padding:2rem 1.25rem 4rem}
    h1{font-size:1.6rem;line-height:1.25;margin:0 0 .5rem}h2{font-size:1.15rem;margin:2rem 0 .5rem}
    p,ul,figure{margin:.5rem 0}ul{padding-left:1.25rem}
    .advice{font-weight:600;font-size:1.1rem}.escalate{color:var(--bad)}.close{color:var(--ok)}.review{color:var(--warn)}
    .notice{border-left:3px solid var(--accent);background:var(--sunk);padding:.6rem .9rem}
    .soft{color:var(--soft);font-size:.9rem}
    .wide{overflow-x:auto}
    table{border-collapse:collapse;width:100%;font-size:.85rem;font-variant-numeric:tabular-nums}
    caption{text-align:left;color:var(--soft);padding:.25rem 0}
    th,td{text-align:left;vertical-align:top;border-bottom:1px solid var(--line);padding:.3rem .5rem;unicode-bidi:isolate;\
    overflow-wrap:break-word}
    th{color:var(--soft);font-weight:600}.n{text-align:right;white-space:nowrap}
    figcaption{font-weight:600}.chart{width:100%;height:auto;background:var(--sunk);border-radius:6px}
    .fact{border-bottom:1px dotted var(--soft)}
    .t{font-size:10px;fill:var(--text)}.halo{paint-order:stroke;stroke:var(--sunk);stroke-width:4px}
    .ax{stroke:var(--line)}.series{fill:none;stroke:var(--accent);stroke-width:1.8}.news{stroke:var(--warn);\
    stroke-dasharray:4 3}
    .buy{fill:var(--ok)}.sell{fill:var(--bad)}.bar{fill:var(--soft)}.hot{fill:var(--bad)}
    .median{stroke:var(--text);stroke-dasharray:5 4}.pair{stroke:var(--soft)}
    .box{fill:var(--bg);stroke:var(--soft)}.hot-box{stroke:var(--bad);stroke-width:2}
    @media print{:root{--bg:#fff;--sunk:#fff;--line:#999;--text:#000;--soft:#333;--accent:#00306e;--ok:#064;--warn:#640;\
    --bad:#800}main{max-width:none;padding:0}table{font-size:.7rem}th,td{overflow-wrap:anywhere}h2,figcaption{break-after:avoid}tr,figure svg{break-inside:avoid}}
    """
}
