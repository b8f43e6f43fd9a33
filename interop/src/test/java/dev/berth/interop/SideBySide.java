package dev.berth.interop;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * A test that runs beside others of its class. It has a server, a home and a state of its own, and
 * its bounds leave room for a busy machine. What counts refusals of many programs at once, or whole
 * seconds, runs alone. All tests of a class are marked, or none: one without the mark would run
 * beside those with it.
 */
@Execution(ExecutionMode.CONCURRENT)
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@interface SideBySide {}
