// The load of bench/servers: an FTP client that costs as little as it can, so that the server is what is measured.
//   ftpload retr|stor PORT FILE BYTES plain|tls MILLIS   one file of that many bytes, so long after the login
//   ftpload small PORT FOLDER COUNT wait|packet     FOLDER/0 .. FOLDER/COUNT-1 on one session, EPSV each; packet: EPSV+RETR in one
//   ftpload sessions PORT CLIENTS MILLIS            CLIENTS connect, USER, PASS, QUIT without pause
//   ftpload refused PORT CLIENTS MILLIS             CLIENTS connect without pause; who gets in leaves again
//   ftpload hold PORT COUNT                         logs COUNT sessions in, says so, keeps them until its input ends
// It prints key=value pairs in one line. Always 127.0.0.1, user and password berthtest. Data of RETR is taken with MSG_TRUNC, which does
// not copy it; STOR sends a file of memory with sendfile. With TLS it has to decrypt and encrypt like anybody.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define WHO "berthtest"

static int port;
static SSL_CTX *context;
static SSL_SESSION *session; // the newest of the control connection

typedef struct {
  int fd;
  SSL *tls;
  char in[16384];
  int start, end;
} Control;

static void die(const char *format, ...) {
  va_list words;
  va_start(words, format);
  vfprintf(stderr, format, words);
  va_end(words);
  fprintf(stderr, " (%s)\n", strerror(errno));
  exit(1);
}

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec + time.tv_nsec / 1e9;
}

static double cpu(void) {
  struct rusage used;
  getrusage(RUSAGE_SELF, &used);
  return used.ru_utime.tv_sec + used.ru_stime.tv_sec + (used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e6;
}

static int dial(int to) {
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(to)};
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  int one = 1;
  if (fd < 0) return -1;
  setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  if (connect(fd, (struct sockaddr *)&address, sizeof address)) {
    close(fd);
    return -1;
  }
  return fd;
}

static void control_open(Control *control) {
  memset(control, 0, offsetof(Control, in));
  control->start = control->end = 0;
  control->fd = dial(port);
}

static void control_close(Control *control) {
  if (control->tls) SSL_free(control->tls);
  close(control->fd);
}

static int receive(Control *control, char *into, int room) {
  return control->tls ? SSL_read(control->tls, into, room) : (int)recv(control->fd, into, room, 0);
}

// One reply; 0 if the connection ended first. The text of its last line goes into text.
static int reply_or_end(Control *control, char *text, int room) {
  for (;;) {
    for (int i = control->start; i < control->end; i++) {
      if (control->in[i] == '\n') {
        char *line = control->in + control->start;
        int length = i - control->start;
        control->start = i + 1;
        if (length >= 4 && line[0] >= '1' && line[0] <= '5' && line[3] != '-' && line[0] != ' ') {
          if (text) snprintf(text, room, "%.*s", length, line);
          return (line[0] - '0') * 100 + (line[1] - '0') * 10 + line[2] - '0';
        }
        i = control->start - 1;
      }
    }
    if (control->start > 0) {
      memmove(control->in, control->in + control->start, control->end - control->start);
      control->end -= control->start;
      control->start = 0;
    }
    int count = receive(control, control->in + control->end, sizeof control->in - control->end);
    if (count <= 0) return 0;
    control->end += count;
  }
}

static void expect(Control *control, int code, char *text) {
  char own[512];
  int got = reply_or_end(control, own, sizeof own);
  if (text) memcpy(text, own, sizeof own);
  if (got != code) die("expected %d, got %d: %s", code, got, got ? own : "end");
}

static void say(Control *control, const char *format, ...) {
  char line[512];
  va_list words;
  va_start(words, format);
  int length = vsnprintf(line, sizeof line, format, words);
  va_end(words);
  if (control->tls ? SSL_write(control->tls, line, length) <= 0 : send(control->fd, line, length, MSG_NOSIGNAL) < 0)
    die("cannot send");
}

static void login(Control *control) {
  control_open(control);
  if (control->fd < 0) die("cannot connect");
  expect(control, 220, NULL);
  say(control, "USER " WHO "\r\n");
  expect(control, 331, NULL);
  say(control, "PASS " WHO "\r\n");
  expect(control, 230, NULL);
}

static int keep(SSL *tls, SSL_SESSION *fresh) {
  if (SSL_get_app_data(tls) == NULL) return 0; // of a data connection
  if (session) SSL_SESSION_free(session);
  session = fresh;
  return 1;
}

static void control_tls(Control *control) {
  context = SSL_CTX_new(TLS_client_method());
  SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL);
  SSL_CTX_sess_set_new_cb(context, keep);
  SSL_CTX_set_ciphersuites(context, "TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384");
  control_open(control);
  expect(control, 220, NULL);
  say(control, "AUTH TLS\r\n");
  expect(control, 234, NULL);
  SSL *tls = SSL_new(context);
  SSL_set_app_data(tls, (char *)control);
  SSL_set_fd(tls, control->fd);
  if (SSL_connect(tls) != 1) die("no TLS");
  control->tls = tls;
  say(control, "USER " WHO "\r\n");
  expect(control, 331, NULL);
  say(control, "PASS " WHO "\r\n");
  expect(control, 230, NULL);
  say(control, "PBSZ 0\r\n");
  expect(control, 200, NULL);
  say(control, "PROT P\r\n");
  expect(control, 200, NULL);
}

static int passive(const char *text) {
  const char *at = strstr(text, "|||");
  if (!at) die("no port in: %s", text);
  return atoi(at + 3);
}

static char buffer[1 << 20];

// RETR or STOR of one file.
static void transfer(int stores, const char *file, long long bytes, int encrypted, int millis) {
  Control control;
  char text[512];
  long long moved = 0;
  int memory = -1;
  if (stores) {
    memory = memfd_create("upload", 0);
    memset(buffer, 'b', sizeof buffer);
    for (long long left = bytes; left > 0; left -= sizeof buffer)
      if (write(memory, buffer, sizeof buffer) < 0) die("no memory");
  }
  if (encrypted)
    control_tls(&control);
  else
    login(&control);
  say(&control, "TYPE I\r\n");
  expect(&control, 200, NULL);
  usleep(millis * 1000);
  double cpu_before = cpu(), began = now();
  say(&control, "EPSV\r\n");
  expect(&control, 229, text);
  int data = dial(passive(text));
  if (data < 0) die("no data connection");
  say(&control, stores ? "STOR %s\r\n" : "RETR %s\r\n", file);
  int code = reply_or_end(&control, text, sizeof text);
  if (code != 150 && code != 125) die("not begun: %s", text);
  SSL *tls = NULL;
  if (encrypted) {
    tls = SSL_new(context);
    SSL_set_fd(tls, data);
    if (session) SSL_set_session(tls, session);
    if (SSL_connect(tls) != 1) die("no TLS on the data connection");
  }
  if (!stores) {
    ssize_t count;
    while ((count = tls ? SSL_read(tls, buffer, sizeof buffer) : recv(data, buffer, sizeof buffer, MSG_TRUNC)) > 0) moved += count;
    if (count < 0 && !tls) die("cut after %lld", moved);
  } else if (tls) {
    while (moved < bytes) {
      int count = SSL_write(tls, buffer, sizeof buffer);
      if (count <= 0) die("cut after %lld", moved);
      moved += count;
    }
  } else {
    off_t at = 0;
    while (at < bytes)
      if (sendfile(data, memory, &at, bytes - at) <= 0) die("cut after %lld", (long long)at);
    moved = at;
  }
  if (tls) SSL_shutdown(tls);
  if (stores) {
    shutdown(data, SHUT_WR);
    while (recv(data, buffer, sizeof buffer, 0) > 0) {}
  }
  const char *resumed = tls ? (SSL_session_reused(tls) ? "yes" : "no") : "-";
  char cipher[100];
  snprintf(cipher, sizeof cipher, "%s", tls ? SSL_get_cipher(tls) : "plain");
  close(data);
  expect(&control, 226, NULL);
  double seconds = now() - began;
  if (moved != bytes) die("%lld bytes, not %lld", moved, bytes);
  printf("seconds=%.4f cpu=%.3f resumed=%s cipher=%s\n", seconds, cpu() - cpu_before, resumed, cipher);
  control_close(&control);
}

static void small(const char *folder, int count, int packet) {
  Control control;
  char text[512];
  login(&control);
  say(&control, "TYPE I\r\n");
  expect(&control, 200, NULL);
  double began = now();
  for (int i = 0; i < count; i++) {
    say(&control, packet ? "EPSV\r\nRETR %s/%d\r\n" : "EPSV\r\n", folder, i);
    expect(&control, 229, text);
    int data = dial(passive(text));
    if (data < 0) die("no data connection");
    if (!packet) say(&control, "RETR %s/%d\r\n", folder, i);
    int code = reply_or_end(&control, text, sizeof text);
    if (code != 150 && code != 125) die("not begun: %s", text);
    int moved = 0, got;
    while ((got = recv(data, buffer, sizeof buffer, 0)) > 0) moved += got;
    close(data);
    if (moved != 1024) die("%d bytes", moved);
    expect(&control, 226, NULL);
  }
  printf("seconds=%.4f\n", now() - began);
  control_close(&control);
}

static int clients, refusals, admitted;
static double until;
static double *took;
static int takes;
static char answer[512];

static void note(double seconds) {
  int at = __atomic_fetch_add(&takes, 1, __ATOMIC_RELAXED);
  if (at < 2000000) took[at] = seconds;
}

static void *come_and_go(void *none) {
  Control *control = malloc(sizeof *control);
  while (now() < until) {
    double began = now();
    login(control);
    say(control, "QUIT\r\n");
    expect(control, 221, NULL);
    control_close(control);
    note(now() - began);
  }
  return none;
}

// The limit may be told at the greeting, after USER or after PASS, or not at all.
static int is_refused(Control *control, char *text) {
  const char *lines[] = {"USER " WHO "\r\n", "PASS " WHO "\r\n"};
  int code = reply_or_end(control, text, 512);
  for (int i = 0; i < 2 && code >= 200 && code < 400; i++) {
    if (send(control->fd, lines[i], strlen(lines[i]), MSG_NOSIGNAL) < 0) return 1;
    code = reply_or_end(control, text, 512);
  }
  return code < 200 || code >= 400;
}

static void *knock(void *none) {
  Control *control = malloc(sizeof *control);
  char text[512] = "";
  while (now() < until) {
    double began = now();
    control_open(control);
    if (control->fd < 0) die("cannot connect");
    if (is_refused(control, text)) {
      // Some servers hold refusals back: those that come after the end are none of the rate.
      if (now() < until) __atomic_fetch_add(&refusals, 1, __ATOMIC_RELAXED);
      note(now() - began);
    } else {
      __atomic_fetch_add(&admitted, 1, __ATOMIC_RELAXED);
    }
    control_close(control);
  }
  memcpy(answer, text, sizeof answer);
  return none;
}

static int ascending(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

static double percentile(double part) {
  if (!takes) return 0;
  return took[(int)(part * (takes - 1))] * 1000;
}

static double all(void *(*work)(void *)) {
  pthread_t threads[64];
  took = malloc(2000000 * sizeof *took);
  double began = now();
  for (int i = 0; i < clients; i++) pthread_create(&threads[i], NULL, work, NULL);
  for (int i = 0; i < clients; i++) pthread_join(threads[i], NULL);
  double seconds = now() - began;
  qsort(took, takes, sizeof *took, ascending);
  return seconds;
}

static void hold(int count) {
  Control **held = calloc(count, sizeof *held);
  double began = now();
  for (int i = 0; i < count; i++) {
    held[i] = malloc(sizeof **held);
    login(held[i]);
  }
  printf("seconds=%.3f\n", now() - began);
  fflush(stdout);
  while (read(0, buffer, sizeof buffer) > 0) {}
}

int main(int argc, char **argv) {
  if (argc < 4) return 2;
  signal(SIGPIPE, SIG_IGN);
  const char *what = argv[1];
  port = atoi(argv[2]);
  if (!strcmp(what, "retr") || !strcmp(what, "stor")) {
    transfer(*what == 's', argv[3], atoll(argv[4]), !strcmp(argv[5], "tls"), atoi(argv[6]));
  } else if (!strcmp(what, "small")) {
    small(argv[3], atoi(argv[4]), !strcmp(argv[5], "packet"));
  } else if (!strcmp(what, "sessions")) {
    clients = atoi(argv[3]);
    until = now() + atoi(argv[4]) / 1000.0;
    double seconds = all(come_and_go);
    printf("seconds=%.4f count=%d p50=%.2f p99=%.2f\n", seconds, takes, percentile(.5), percentile(.99));
  } else if (!strcmp(what, "refused")) {
    clients = atoi(argv[3]);
    until = now() + atoi(argv[4]) / 1000.0;
    all(knock);
    double seconds = atoi(argv[4]) / 1000.0;
    answer[strcspn(answer, "\r\n")] = 0;
    printf("seconds=%.4f count=%d admitted=%d p50=%.2f p99=%.2f answer=%s\n", seconds, refusals, admitted, percentile(.5), percentile(.99), answer);
  } else if (!strcmp(what, "hold")) {
    hold(atoi(argv[3]));
  } else {
    return 2;
  }
  return 0;
}
