// "I am answering", told to all who watch: claimed with the first input, kept while somebody is at it, given up when the card is left.

const patience = 10_000; // To look at the evidence beside it is not to leave.
const ahead = 15_000;

export function QuestionClaim(app, task, question, element) {
  let isMine = false;
  let timer = 0;

  const tell = (type) => app.client.command({ type, task, question }).catch(() => {
    if (type === "claim") isMine = false; // Somebody else's, which the record says; an answer is taken all the same.
  });

  function begin() {
    clearTimeout(timer);
    if (isMine || app.isReplay) return;
    isMine = true;
    tell("claim");
  }

  function release() {
    clearTimeout(timer);
    if (!isMine) return;
    isMine = false;
    tell("release");
  }

  element.addEventListener("focusout", ({ relatedTarget }) => {
    if (element.contains(relatedTarget)) return;
    clearTimeout(timer);
    timer = setTimeout(release, patience);
  });
  element.addEventListener("focusin", () => clearTimeout(timer));

  return {
    begin,
    /** A claim lasts for a while only. */
    renew({ claimedBy, claimedUntil }, me) {
      if (!isMine || claimedBy !== me || claimedUntil === null || claimedUntil - app.clock.now() > ahead) return;
      if (element.contains(document.activeElement)) {
        tell("claim");
      } else release();
    },
    /** The question is closed, and the claim with it. */
    forget() {
      clearTimeout(timer);
      isMine = false;
    },
    close: release,
  };
}
