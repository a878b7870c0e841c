/** Training of what the guard knows. */
@NullMarked
package io.thoughtbus.server.guard;

import org.jspecify.annotations.NullMarked;
