package dev.berth.limits;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Another program that locks a file, says so, and goes on to wait for a second one, if told; ends
 * when its input does.
 */
final class GateChild {
  private GateChild() {}

  /**
   * Runs.
   *
   * @param arguments the file to lock, and perhaps the one to wait for then
   */
  public static void main(String[] arguments) throws Exception {
    FileChannel first = FileChannel.open(Path.of(arguments[0]), StandardOpenOption.WRITE);
    FileLock held = first.lock();
    System.out.println("locked " + held.isValid());
    if (arguments.length > 1) {
      Path second = Path.of(arguments[1]);
      Thread waiter =
          new Thread(() -> {
            try (FileChannel channel = FileChannel.open(second, StandardOpenOption.WRITE)) {
              channel.lock();
            } catch (IOException e) {
              System.out.println("fault " + e);
            }
          });
      waiter.setDaemon(true);
      waiter.start();
    }
    while (System.in.read() >= 0) {
      System.out.println("alive");
    }
    System.exit(0);
  }
}
