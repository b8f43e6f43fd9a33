/** How real servers speak: refusals in all languages, listings, greetings, quirks. */
@NullMarked
package dev.berth.dialects;

import org.jspecify.annotations.NullMarked;
