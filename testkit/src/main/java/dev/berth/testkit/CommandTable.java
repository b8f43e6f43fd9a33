package dev.berth.testkit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * The script of a server that holds a normal session over files in memory, but for what a test
 * changes:
 *
 * <pre>{@code
 * CommandTable.normal()
 *     .file("/a.txt", "hello")
 *     .reply("SIZE", "213 7\r\n")                            // a lie
 *     .refuseAbove(2, "421 Too many connections (2)\r\n")    // "" closes without a word
 *     .cutRetrieveAfter(3)                                   // then 426
 * }</pre>
 *
 * Set it up before the server starts. Any number of connections may play it at once.
 */
public final class CommandTable implements Script {
  /** What is done on a command. */
  @FunctionalInterface
  public interface Answer {
    /**
     * Answers one command.
     *
     * @param argument what came after the verb; empty when nothing did
     */
    void answer(Conversation conversation, String argument) throws IOException;
  }

  private final Map<String, byte[]> files = new ConcurrentSkipListMap<>();
  private final Map<String, Answer> answers = new LinkedHashMap<>();
  private String greeting = "220 ready\r\n";
  private OptionalInt mostConnections = OptionalInt.empty();
  private String refusal = "";

  private CommandTable() {}

  /** A server that does all as it should, with an empty root. */
  public static CommandTable normal() {
    return new CommandTable();
  }

  /** This table with a file; its folders come into being with it. */
  public CommandTable file(String path, String content) {
    return file(path, content.getBytes(StandardCharsets.ISO_8859_1));
  }

  /**
   * This table with a file; its folders come into being with it.
   *
   * @param path from {@code /} on
   */
  public CommandTable file(String path, byte[] content) {
    files.put(path, content.clone());
    return this;
  }

  /** This table with these literal bytes in place of the greeting. */
  public CommandTable greeting(String bytes) {
    greeting = bytes;
    return this;
  }

  /** This table with the same literal bytes on every such command. */
  public CommandTable reply(String verb, String bytes) {
    return answer(verb, (conversation, argument) -> conversation.say(bytes));
  }

  /** This table with something else done on every such command. */
  public CommandTable answer(String verb, Answer answer) {
    answers.put(verb.toUpperCase(Locale.ROOT), answer);
    return this;
  }

  /**
   * This table with connections over a number turned away instead of the greeting.
   *
   * @param connections how many may be open at once
   * @param words what is said then; empty for a close without a word
   */
  public CommandTable refuseAbove(int connections, String words) {
    mostConnections = OptionalInt.of(connections);
    refusal = words;
    return this;
  }

  /**
   * This table with each RETR cut by the FIN of the data connection after so many bytes, then a
   * 426.
   */
  public CommandTable cutRetrieveAfter(int bytes) {
    return answer(
        "RETR",
        (conversation, path) -> {
          byte[] content = content(path).orElse(new byte[0]);
          conversation.say("150 here it comes\r\n");
          conversation.sendData(Arrays.copyOf(content, Math.min(bytes, content.length)));
          conversation.say("426 Connection closed; transfer aborted.\r\n");
        });
  }

  /** The files as they are now, by path. */
  public Map<String, byte[]> files() {
    return new TreeMap<>(files);
  }

  private Optional<byte[]> content(String path) {
    return Optional.ofNullable(files.get(path.startsWith("/") ? path : "/" + path));
  }

  @Override
  public void play(Conversation conversation) throws IOException {
    if (mostConnections.isPresent() && conversation.openAtStart() > mostConnections.getAsInt()) {
      conversation.say(refusal).close();
      return;
    }
    ScriptedSession session = new ScriptedSession(conversation, files);
    conversation.say(greeting);
    while (!session.isOver()) {
      Optional<String> line = conversation.next();
      if (line.isEmpty()) {
        return;
      }
      String verb = line.get().split(" ", 2)[0].toUpperCase(Locale.ROOT);
      String argument =
          line.get().length() > verb.length() ? line.get().substring(verb.length() + 1) : "";
      Answer own = answers.get(verb);
      if (own == null) {
        session.answer(verb, argument);
      } else {
        own.answer(conversation, argument);
      }
    }
  }
}
