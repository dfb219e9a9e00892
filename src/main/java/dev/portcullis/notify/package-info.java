/** Tells people and machines elsewhere what was denied and warned of: chats, webhooks, an Alertmanager, and digests by e-mail. */
@NullMarked
package dev.portcullis.notify;

import org.jspecify.annotations.NullMarked;
