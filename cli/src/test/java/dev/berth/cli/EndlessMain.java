package dev.berth.cli;

import dev.berth.dialects.ListingLine;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/** The program with an engine that works until it is interrupted, as a process of its own. */
public final class EndlessMain {
  private EndlessMain() {}

  public static void main(String[] arguments) {
    Interruption interruption = Interruption.armed(Thread.currentThread());
    Program program =
        new Program(Commands.all(interruption.guarding(new Endless())), Surroundings.ofProcess());
    ExitStatus status = program.run(arguments);
    interruption.disarm();
    System.exit(status.number());
  }

  private static final class Endless implements Engine {
    @Override
    public JobReport run(Job job, Reporter reporter) throws InterruptedException {
      reporter.noted("working");
      try {
        new CountDownLatch(1).await();
        throw new IllegalStateException("never reached");
      } finally {
        reporter.noted("cleaned up");
      }
    }

    @Override
    public Ending list(Listing listing, Consumer<ListingLine> lines, Reporter reporter) {
      throw new IllegalStateException("not asked for here");
    }

    @Override
    public Ending probe(Probe probe, Consumer<ProbeReport> found, Reporter reporter) {
      throw new IllegalStateException("not asked for here");
    }
  }
}
