/** What measurements need of learning. */
@NullMarked
package io.thoughtbus.server.learning;

import org.jspecify.annotations.NullMarked;
