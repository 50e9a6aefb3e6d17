# From the lines of measurements (key=value …, one for each pass) to a table: the median of the passes for each
# workload and server, beside the server named `ceiling`.
#
#   awk -v markdown=1 -f figures.awk FILE        markdown: 0 gives aligned columns
#
# Workloads and servers keep the order in which they first appear.

{
  split("", value)
  for (i = 1; i <= NF; i++) {
    at = index($i, "=")
    if (at) value[substr($i, 1, at - 1)] = substr($i, at + 1)
  }
  workload = value["workload"]; server = value["server"]
  if (!(workload in workloadSeen)) { workloadSeen[workload]; workloads[++workloadCount] = workload }
  if (!(server in serverSeen)) { serverSeen[server]; servers[++serverCount] = server }
  row = workload SUBSEP server
  rows[row]
  for (key in value) {
    if (key ~ /^(lost|duplicated|reordered|foreign)$/) { sum[row, key] += value[key]; checked[row] }
    else if (key !~ /^(workload|server|pass)$/) samples[row, key] = samples[row, key] " " value[key]
  }
}

# The middle value; between two middle ones, half of their sum. Nothing for no value.
function median(list,   n, i, j, held, sorted) {
  n = split(list, sorted, " ")
  if (!n) return ""
  for (i = 2; i <= n; i++) {
    held = sorted[i] + 0
    for (j = i - 1; j >= 1 && sorted[j] + 0 > held; j--) sorted[j + 1] = sorted[j]
    sorted[j + 1] = held
  }
  return n % 2 ? sorted[(n + 1) / 2] + 0 : (sorted[n / 2] + sorted[n / 2 + 1]) / 2
}
function ratio(a, b) { return a == "" || b == "" || b + 0 == 0 ? "" : a / b }
function shown(number, format) { return number == "" ? "-" : sprintf(format, number) }

# 1234567 as 1,234,567.
function grouped(number,   text, out) {
  if (number == "") return "-"
  text = sprintf("%d", number + 0.5)
  while (length(text) > 3) { out = "," substr(text, length(text) - 2) out; text = substr(text, 1, length(text) - 3) }
  return text out
}

function add(a, b, c, d, e, f, g, h, i, j, k) {
  lines++
  cell[lines, 1] = a; cell[lines, 2] = b; cell[lines, 3] = c; cell[lines, 4] = d; cell[lines, 5] = e
  cell[lines, 6] = f; cell[lines, 7] = g; cell[lines, 8] = h; cell[lines, 9] = i; cell[lines, 10] = j
  cell[lines, 11] = k
}

END {
  add("workload", "server", "per CPU-second", "of ceiling", "per second", "lost/dup/reord/foreign", "p50 ms", "p99 ms",
    "KiB each", "system calls", "load's CPU")
  for (w = 1; w <= workloadCount; w++) {
    best = median(samples[workloads[w], "ceiling", "per_cpu_second"])
    for (s = 1; s <= serverCount; s++) {
      row = workloads[w] SUBSEP servers[s]
      if (!(row in rows)) continue
      cost = median(samples[row, "per_cpu_second"])
      add(workloads[w], servers[s], grouped(cost), shown(ratio(cost, best), "%.2f"),
        grouped(median(samples[row, "per_second"])),
        row in checked ? sum[row, "lost"] + 0 "/" sum[row, "duplicated"] + 0 "/" sum[row, "reordered"] + 0 "/" \
          sum[row, "foreign"] + 0 : "-",
        shown(median(samples[row, "p50_ms"]), "%.1f"), shown(median(samples[row, "p99_ms"]), "%.1f"),
        shown(median(samples[row, "pss_kib_each"]), "%.1f"),
        shown(median(samples[row, "system_calls_each"]), "%.2f"),
        shown(median(samples[row, "load_share"]), "%.2f"))
    }
  }
  for (line = 1; line <= lines; line++)
    for (c = 1; c <= 11; c++) if (length(cell[line, c]) > width[c]) width[c] = length(cell[line, c])
  for (line = 1; line <= lines; line++) {
    text = markdown ? "|" : ""
    for (c = 1; c <= 11; c++) {
      padded = sprintf("%" (c <= 2 ? "-" : "") width[c] "s", cell[line, c])
      text = text (markdown ? " " padded " |" : (c > 1 ? "  " : "") padded)
    }
    sub(/ +$/, "", text)
    print text
    if (markdown && line == 1) {
      text = "|"
      for (c = 1; c <= 11; c++) text = text (c <= 2 ? " --- |" : " ---: |")
      print text
    }
  }
}
