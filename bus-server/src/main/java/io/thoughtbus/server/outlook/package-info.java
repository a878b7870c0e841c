/** Outlook: what a subscription would do, told before it does it. */
@ApplicationModule(allowedDependencies = {"web", "journal", "guard", "recent", "learning", "interest"})
@NullMarked
package io.thoughtbus.server.outlook;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
