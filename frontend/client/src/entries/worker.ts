/** The service worker, served as /sw.js with the list of what to keep written before it. */
import { serve, type Kept, type Scope } from "../offline/worker";

const scope = globalThis as unknown as Scope & { KEPT: Kept };
serve(scope, scope.KEPT);
