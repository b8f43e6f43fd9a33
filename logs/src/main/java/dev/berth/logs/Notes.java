package dev.berth.logs;

import dev.berth.sightings.Caller;
import dev.berth.sightings.Citation;
import dev.berth.sightings.Happening;
import dev.berth.sightings.Moment;
import dev.berth.sightings.Sighting;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Where formats tell what a line says. Knows which line that is; confined to one thread. */
final class Notes {
  private final String file;
  private final BiConsumer<LogKind, Sighting> sink;
  private LogKind kind = LogKind.VSFTPD;
  private long number;
  private @Nullable Sighting told; // by the line, read as this kind

  Notes(String file, BiConsumer<LogKind, Sighting> sink) {
    this.file = file;
    this.sink = sink;
  }

  /** From now on another line, read as another kind. */
  void turnTo(LogKind to, long line) {
    kind = to;
    number = line;
    told = null;
  }

  /** The line says this, and no more, if it turns out to be of this kind. */
  void tell(Moment moment, Caller caller, Happening happening) {
    told = new Sighting(moment, new Citation(file, number), caller, happening);
  }

  /** It is of this kind. */
  void pass() {
    if (told != null) {
      sink.accept(kind, told);
    }
  }
}
