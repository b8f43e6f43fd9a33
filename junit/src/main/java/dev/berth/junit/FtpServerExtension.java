package dev.berth.junit;

import dev.berth.simulator.Fault;
import dev.berth.simulator.Mask;
import dev.berth.simulator.Simulator;
import dev.berth.simulator.SimulatorSettings;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Starts the servers that {@link FtpServer} asks for; JUnit closes them with their context. */
final class FtpServerExtension implements ParameterResolver, BeforeAllCallback, BeforeEachCallback {
  private static final ExtensionContext.Namespace OURS =
      ExtensionContext.Namespace.create(FtpServerExtension.class);

  FtpServerExtension() {}

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.isAnnotated(FtpServer.class)
        && parameter.getParameter().getType() == Simulator.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    FtpServer wanted = parameter.findAnnotation(FtpServer.class).orElseThrow();
    try {
      return start(wanted, context, parameter);
    } catch (IOException e) {
      throw new ParameterResolutionException("no FTP server: " + e.getMessage(), e);
    }
  }

  @Override
  public void beforeAll(ExtensionContext context) throws Exception {
    for (Field field : fields(context.getRequiredTestClass())) {
      if (Modifier.isStatic(field.getModifiers())) {
        fill(field, null, context);
      }
    }
  }

  @Override
  public void beforeEach(ExtensionContext context) throws Exception {
    // A test in a nested class has those of the classes around it too.
    for (Object test : context.getRequiredTestInstances().getAllInstances()) {
      for (Field field : fields(test.getClass())) {
        if (!Modifier.isStatic(field.getModifiers())) {
          fill(field, test, context);
        }
      }
    }
  }

  /** Those that want a server, of the class and what it extends. */
  private static List<Field> fields(Class<?> type) {
    List<Field> fields = new ArrayList<>();
    for (Class<?> each = type; each != null; each = each.getSuperclass()) {
      for (Field field : each.getDeclaredFields()) {
        if (field.isAnnotationPresent(FtpServer.class)) {
          fields.add(field);
        }
      }
    }
    return fields;
  }

  private static void fill(
      Field field, @org.jspecify.annotations.Nullable Object test, ExtensionContext context)
      throws Exception {
    if (field.getType() != Simulator.class) {
      throw new IllegalArgumentException(field + " has to be a Simulator");
    }
    field.setAccessible(true);
    field.set(test, start(field.getAnnotation(FtpServer.class), context, field));
  }

  /** JUnit closes what is kept and can be closed, at the end of the context. */
  private static Simulator start(FtpServer wanted, ExtensionContext context, Object key)
      throws IOException {
    Simulator simulator = Simulator.start(settings(wanted));
    context.getStore(OURS).put(key, simulator);
    return simulator;
  }

  private static SimulatorSettings settings(FtpServer wanted) {
    Mask mask =
        Mask.named(wanted.as())
            .orElseThrow(() ->
                new IllegalArgumentException(
                    "there is no mask " + wanted.as() + "; there are " + names()));
    SimulatorSettings settings =
        SimulatorSettings.as(mask)
            .user(wanted.user(), new SimulatorSettings.Secret(wanted.password()));
    if (!wanted.limits().isEmpty()) {
      settings = settings.with(Fault.limits(wanted.limits()));
    } else if (wanted.limitPerAddress() > 0) {
      settings = settings.with(Fault.LimitPerAddress.of(wanted.limitPerAddress()));
    }
    if (wanted.ghostMillis() > 0) {
      settings = settings.with(new Fault.Ghosts(Duration.ofMillis(wanted.ghostMillis())));
    }
    if (wanted.cutEveryBytes() > 0) {
      settings = settings.with(new Fault.CutData(wanted.cutEveryBytes()));
    }
    if (wanted.slowAcceptMillis() > 0) {
      settings = settings.with(new Fault.SlowAccept(Duration.ofMillis(wanted.slowAcceptMillis())));
    }
    if (wanted.resetRate() > 0) {
      settings = settings.with(new Fault.Resets(wanted.resetRate(), 1));
    }
    if (wanted.wrongSizeBytes() != 0) {
      settings = settings.with(new Fault.WrongSize(wanted.wrongSizeBytes()));
    }
    return wanted.corruptEveryBytes() > 0
        ? settings.with(new Fault.Corrupt(wanted.corruptEveryBytes()))
        : settings;
  }

  private static String names() {
    return String.join(", ", Mask.names());
  }
}
