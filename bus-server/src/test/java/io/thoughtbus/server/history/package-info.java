/** What publishers and subscribers saw in a run with faults, and whether the bus kept its promises in it. */
@NullMarked
package io.thoughtbus.server.history;

import org.jspecify.annotations.NullMarked;
