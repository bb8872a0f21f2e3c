/** What the pages do on the phone; each behaviour listens for its own data-attribute. The first takes a key out of the address. */

import "./behaviours/fragment.ts";
import "./behaviours/session.ts";
import "./behaviours/worker.ts";
import "./behaviours/sending.ts";
import "./behaviours/pending.ts";
import "./behaviours/entry.ts";
import "./behaviours/draft.ts";
import "./behaviours/photos.ts";
import "./behaviours/place.ts";
import "./behaviours/map.ts";
import "./behaviours/fold.ts";
import "./behaviours/hints.ts";
import "./behaviours/private.ts";
import "./behaviours/again.ts";
import "./behaviours/operation.ts";
import "./behaviours/receipt.ts";
import "./behaviours/claim.ts";
import "./behaviours/guest.ts";
import "./behaviours/push.ts";
import "./behaviours/saved.ts";
import "./behaviours/install.ts";
import "./behaviours/visible.ts";
