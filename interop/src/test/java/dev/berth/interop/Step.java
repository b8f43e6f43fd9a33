package dev.berth.interop;

import java.util.List;

/** What the two clients of a duet do next. */
sealed interface Step {
  /** The two. */
  enum Who {
    A,
    B
  }

  /** One acts. */
  record Solo(Who who, Act act) implements Step {
    @Override
    public String toString() {
      return who + ": " + act;
    }
  }

  /** Both act at once; files stay as they are. */
  record Both(Act first, Act second) implements Step {
    @Override
    public String toString() {
      return "A: " + first + " and B: " + second;
    }
  }

  /** Who does what. */
  default List<Solo> parts() {
    return switch (this) {
      case Solo solo -> List.of(solo);
      case Both(Act first, Act second) -> List.of(new Solo(Who.A, first), new Solo(Who.B, second));
    };
  }
}
