/**
 * Scripted peers in literal bytes, launchers of real servers, a tap on the wire. For tests only.
 */
@NullMarked
package dev.berth.testkit;

import org.jspecify.annotations.NullMarked;
