/** Measures replays from inside. */
@NullMarked
package io.thoughtbus.server.replay;

import org.jspecify.annotations.NullMarked;
