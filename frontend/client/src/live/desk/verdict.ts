/** How far the result is: provisional, confirmed by two, published; who has signed and who is still needed. Pure. */
import type { HostView, SignatureView } from "../messages.gen";

export const SIGNATURES = 2;

export interface VerdictState {
  /** Key of the words: verdict.running, -provisional, -one-more, -confirmed, -published. */
  word: string;
  signers: SignatureView[];
  mayConfirm: boolean;
  /** This person has signed; another one is needed. */
  signedByMe: boolean;
  mayPublish: boolean;
}

/** `me`: the account of this person; two judges may have one name. */
export function verdictState(view: HostView, me: number): VerdictState {
  const signers = view.signatures ?? [];
  const verdict = view.phase === "ended" ? (view.verdict ?? "") : "";
  const signedByMe = signers.some((signer) => signer.user === me);
  return {
    word: verdict === "" ? "verdict.running" : verdict === "provisional" && signers.length > 0 ? "verdict.one-more" : `verdict.${verdict}`,
    signers,
    signedByMe,
    mayConfirm: verdict === "provisional" && !signedByMe && (view.can ?? []).includes("confirm"),
    mayPublish: verdict === "confirmed" && (view.can ?? []).includes("publish"),
  };
}
