/** The fault campaign: a bus of real processes under load, hit by one fault after the other, and judged by its users. */
@NullMarked
package io.thoughtbus.server.campaign;

import org.jspecify.annotations.NullMarked;
