/** Learning: facts that should wake and facts that should not become one direction and one threshold. */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package io.thoughtbus.server.learning;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
