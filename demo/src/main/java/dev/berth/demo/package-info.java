/**
 * The problem and the solution side by side: eight jobs fetch files from a server that lets an
 * address have two connections, first the usual way, then through Berth.
 *
 * <p>Read in this order: {@link dev.berth.demo.Demonstration} has the two acts; {@link
 * dev.berth.demo.Act} is what came of one; {@code UsualJob} is a job as cron has it; {@code
 * DemoServer} is the server.
 */
@NullMarked
package dev.berth.demo;

import org.jspecify.annotations.NullMarked;
