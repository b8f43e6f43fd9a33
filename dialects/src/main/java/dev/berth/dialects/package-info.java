/**
 * How real servers speak: refusals in many languages, listings, greetings, habits. Tables with
 * their sources, and pure functions over them.
 *
 * <p>Read in this order:
 *
 * <ol>
 *   <li>{@link dev.berth.dialects.Refusal}: the ways in which a server turns us away, whatever its
 *       code.
 *   <li>{@link dev.berth.dialects.RefusalReader}: from an {@link dev.berth.dialects.Observation} to
 *       a refusal. Inside, {@code Words} finds stems of {@code refusal-words.tsv} in the text, and
 *       {@code Rules} decides by the {@code Concept}s found, code and phase.
 *   <li>{@link dev.berth.dialects.Advice}: what a refusal means for people.
 *   <li>{@link dev.berth.dialects.ListingParser}: each line of LIST, MLSD or MLST to one {@link
 *       dev.berth.dialects.ListingLine}; a line that cannot be read is told, never dropped. Each
 *       style of LIST is a {@code ListingDialect}, in one table; the whole listing decides for one.
 *   <li>{@link dev.berth.dialects.ServerDialect} and {@link dev.berth.dialects.ServerHabits}: which
 *       server this is, and what it is known to take.
 * </ol>
 *
 * <pre>{@code
 * import dev.berth.dialects.Advice;
 * import dev.berth.dialects.Observation;
 * import dev.berth.dialects.Phase;
 * import dev.berth.dialects.Refusal;
 * import dev.berth.dialects.RefusalReader;
 * import dev.berth.wire.Reply;
 *
 * class ExplainReply {
 *   public static void main(String[] arguments) {
 *     Reply reply = Reply.of(421, "Too many connections (8) from this IP");
 *     Refusal refusal =
 *         new RefusalReader().read(Observation.of(Phase.GREETING, reply, true)).orElseThrow();
 *     System.out.println(refusal);
 *     System.out.println(Advice.of(refusal).retry());
 *   }
 * }
 * }</pre>
 */
@NullMarked
package dev.berth.dialects;

import org.jspecify.annotations.NullMarked;
