/** What became of an event: a word for the log and the inbox, never more. */
export type Verdict =
  /** Nothing in it concerns us. */
  | "nothing"
  /** CRM is off here, or pull requests are not listened to. */
  | "off"
  /** Said by somebody who may not make the bot talk here. */
  | "silent"
  /** Carried out, and answered by a comment, a reaction or both. */
  | "answered"
  /** The words of a reply have to wait longer. */
  | "owed"
  /** Answered already by an earlier try. */
  | "repeated"
  /** A second comment of ours that said the same was taken away. */
  | "taken back"
  /** A tick that was not followed: not allowed, or more than ticks was changed. */
  | "restored"
  /** There is nowhere left to answer: the issue, the repository or the installation is gone or closed to us. */
  | "unreachable";
