/** The ledger: a Merkle tree over what the bus did, checkpoints signed over it, exports, and what verifies them offline. */
@NullMarked
package io.thoughtbus.ledger;

import org.jspecify.annotations.NullMarked;
