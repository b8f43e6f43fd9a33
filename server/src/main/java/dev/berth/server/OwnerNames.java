package dev.berth.server;

import java.io.IOException;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Names of users and groups by their numbers. The system looks each up in its tables, for each file
 * of a listing anew. Any thread may call it.
 */
final class OwnerNames {
  private static final int MOST = 10_000;

  private final Map<Integer, String> users = new ConcurrentHashMap<>();
  private final Map<Integer, String> groups = new ConcurrentHashMap<>();

  String user(int number, PosixFileAttributes attributes) throws IOException {
    String known = users.get(number);
    return known != null ? known : remember(users, number, attributes.owner().getName());
  }

  String group(int number, PosixFileAttributes attributes) throws IOException {
    String known = groups.get(number);
    return known != null ? known : remember(groups, number, attributes.group().getName());
  }

  private static String remember(Map<Integer, String> names, int number, String name) {
    if (names.size() >= MOST) {
      names.clear();
    }
    names.put(number, name);
    return name;
  }

  /** All may have changed. */
  void forget() {
    users.clear();
    groups.clear();
  }
}
