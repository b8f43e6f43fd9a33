package dev.berth.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives a test an FTP server: on a parameter of a test or life-cycle method, or on a field, of type
 * {@link dev.berth.simulator.Simulator}. A parameter has a server of its own, from the call of its
 * method on to the end of the test; a static field one for all tests of the class, any other field
 * one for each test; those of superclasses and of the classes around a nested one too.
 */
@Documented
@Target({ElementType.PARAMETER, ElementType.FIELD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(FtpServerExtension.class)
public @interface FtpServer {
  /** As which server it speaks: the name of a {@link dev.berth.simulator.Mask}. */
  String as() default "vsftpd";

  /** How many sessions an address may have; 0 for any number. */
  int limitPerAddress() default 0;

  /** The same changing by time, as {@code "2 for 10s, then 1"}; in place of the other. */
  String limits() default "";

  /** How long a session is counted after its end, in milliseconds. */
  long ghostMillis() default 0;

  /** After how many bytes each data connection is reset; 0 for never. */
  long cutEveryBytes() default 0;

  /** How late the first reply comes, in milliseconds. */
  long slowAcceptMillis() default 0;

  /** How many of all replies are a TCP reset instead: 0 to 1. */
  double resetRate() default 0;

  /** How many bytes SIZE tells too much. */
  long wrongSizeBytes() default 0;

  /** Of how many bytes that are sent the last one is wrong; 0 for never. */
  long corruptEveryBytes() default 0;

  /** The name of its one user. */
  String user() default "test";

  /** The password of its one user. */
  String password() default "secret";
}
