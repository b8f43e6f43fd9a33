// What the suite asks of FileZilla: what its window asks its engine for, without the window.
//   guest HOST PORT ACCOUNT PASSWORD plain|tls passive|active WHAT NAME LOCAL-OR-NEW-NAME
//   guest version
// install-peers compiles it against the engine of Debian's package and the headers of its source.
#include <libfilezilla_engine.h>
#include <engine_context.h>
#include <engine_options.h>
#include <version.h>

#include <chrono>
#include <clocale>
#include <condition_variable>
#include <iostream>
#include <mutex>
#include <optional>

namespace {

// As FileZilla is unless set. Nothing changes while this runs, so nobody is told.
class Options final : public COptionsBase {
  void notify_changed() override {}
};

// Names are in UTF-8 unless somebody sets another encoding.
class NoOtherEncoding final : public CustomEncodingConverterBase {
  std::wstring toLocal(std::wstring const&, char const*, size_t) const override { return {}; }
  std::string toServer(std::wstring const&, wchar_t const*, size_t) const override { return {}; }
};

// One connection. Prints what the message log of the window shows.
class Connection final {
public:
  explicit Connection(CFileZillaEngineContext& context)
      : engine_(context, [this](CFileZillaEngine*) { wake(); }) {}

  // Does a command to its end; whether it came about.
  bool run(CCommand const& command) {
    result_.reset();
    int const reply = engine_.Execute(command);
    if (reply != FZ_REPLY_WOULDBLOCK) {
      return reply == FZ_REPLY_OK;
    }
    auto const end = std::chrono::steady_clock::now() + std::chrono::seconds(30);
    while (!result_) {
      {
        std::unique_lock<std::mutex> lock(mutex_);
        if (!wakeup_.wait_until(lock, end, [this] { return pending_; })) {
          std::cout << "no end within 30 s\n";
          return false;
        }
        pending_ = false;
      }
      while (auto notification = engine_.GetNextNotification()) {
        take(std::move(notification));
      }
    }
    return *result_ == FZ_REPLY_OK;
  }

  bool listing(CServerPath const& path, CDirectoryListing& listing) {
    return engine_.CacheLookup(path, listing) == FZ_REPLY_OK;
  }

private:
  void wake() {
    std::lock_guard<std::mutex> lock(mutex_);
    pending_ = true;
    wakeup_.notify_one();
  }

  void take(std::unique_ptr<CNotification> notification) {
    switch (notification->GetID()) {
      case nId_logmsg:
        std::cout << fz::to_utf8(static_cast<CLogmsgNotification&>(*notification).msg) << '\n';
        break;
      case nId_operation:
        result_ = static_cast<COperationNotification&>(*notification).replyCode_;
        break;
      case nId_asyncrequest:
        answer(std::unique_ptr<CAsyncRequestNotification>(
            static_cast<CAsyncRequestNotification*>(notification.release())));
        break;
      default:
        break;
    }
  }

  // What somebody in front of the window answers.
  void answer(std::unique_ptr<CAsyncRequestNotification> request) {
    switch (request->GetRequestID()) {
      case reqId_fileexists:
        static_cast<CFileExistsNotification&>(*request).overwriteAction =
            CFileExistsNotification::resume;
        break;
      case reqId_certificate:
        static_cast<CCertificateNotification&>(*request).trusted_ = true;
        break;
      case reqId_insecure_connection:
        static_cast<CInsecureConnectionNotification&>(*request).allow_ = true;
        break;
      case reqId_tls_no_resumption:
        std::cout << "the TLS session was not resumed\n";
        break;
      default:
        break;
    }
    engine_.SetAsyncRequestReply(std::move(request));
  }

  std::mutex mutex_;
  std::condition_variable wakeup_;
  bool pending_{};  // guarded by mutex_
  std::optional<int> result_;
  CFileZillaEngine engine_;  // the last: its threads use the others
};

bool act(Connection& connection, fz::thread_pool& threads, CServerPath const& home,
         std::string const& what, std::wstring const& name, std::wstring const& other) {
  if (what == "list") {
    CDirectoryListing listing;
    if (!connection.listing(home, listing)) {
      return false;
    }
    for (size_t i = 0; i < listing.size(); i++) {
      std::cout << fz::to_utf8(listing[i].name) << ' ' << listing[i].size << '\n';
    }
    return true;
  }
  if (what == "get") {
    return connection.run(CFileTransferCommand(fz::file_writer_factory(other, threads), home, name,
                                               transfer_flags::download));
  }
  if (what == "put") {
    return connection.run(CFileTransferCommand(fz::file_reader_factory(other, threads), home, name,
                                               transfer_flags::none));
  }
  if (what == "rename") {
    return connection.run(CRenameCommand(home, name, home, other));
  }
  return what == "delete" && connection.run(CDeleteCommand(home, {name}));
}

}  // namespace

int main(int count, char** words) {
  if (count == 2 && words[1] == std::string("version")) {
    std::cout << fz::to_utf8(GetFileZillaVersion()) << '\n';
    return 0;
  }
  if (count != 10) {
    return 2;
  }
  std::setlocale(LC_ALL, "");  // by which the engine encodes names of local files
  CServer server(words[5] == std::string("tls") ? FTPES : INSECURE_FTP, DEFAULT,
                 fz::to_wstring_from_utf8(words[1]), fz::to_integral<unsigned>(words[2]));
  server.SetUser(fz::to_wstring_from_utf8(words[3]));
  server.SetPasvMode(words[6] == std::string("active") ? MODE_ACTIVE : MODE_DEFAULT);
  Credentials credentials;
  credentials.logonType_ = LogonType::normal;
  credentials.SetPass(fz::to_wstring_from_utf8(words[4]));

  Options options;
  NoOtherEncoding encoding;
  CFileZillaEngineContext context(options, encoding);
  Connection connection(context);
  CServerPath const home(L"/");
  bool const came =
      connection.run(CConnectCommand(server, ServerHandle(), credentials, false)) &&
      connection.run(CListCommand(home)) &&
      act(connection, context.GetThreadPool(), home, words[7], fz::to_wstring_from_utf8(words[8]),
          fz::to_wstring_from_utf8(words[9]));
  connection.run(CDisconnectCommand());
  return came ? 0 : 1;
}
