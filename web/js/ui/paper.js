// A page that is printed shows what paper can: it does not scroll, and nothing on it opens.

/** `change(isOn)` is called when the page goes to paper, and when that is over. Gives a function that ends this. */
export function onPaper(change) {
  const [before, after] = [() => change(true), () => change(false)];
  addEventListener("beforeprint", before);
  addEventListener("afterprint", after);
  return () => {
    removeEventListener("beforeprint", before);
    removeEventListener("afterprint", after);
  };
}
