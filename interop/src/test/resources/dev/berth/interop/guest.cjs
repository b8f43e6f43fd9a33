// One deed of basic-ftp: its folder, host port account password tls active deed remote local.
const fs = require("fs")
const [library, host, port, user, password, tls, , deed, remote, local] = process.argv.slice(2)
const { Client } = require(library)

async function act(client) {
  await client.access({ host, port: Number(port), user, password, secure: tls === "tls", secureOptions: { rejectUnauthorized: false } })
  switch (deed) {
    case "list":
      return (await client.list(remote)).forEach(entry => console.log(entry.name))
    case "get":
      return client.downloadTo(local, remote)
    case "put":
      return client.uploadFrom(local, remote)
    case "go-on-get":
      return client.downloadTo(local, remote, fs.statSync(local).size)
    case "go-on-put":
      return client.appendFrom(local, remote, { localStart: await client.size(remote) })
    case "rename":
      return client.rename(remote, local)
    case "delete":
      return client.remove(remote)
    default:
      throw new Error("no such deed: " + deed)
  }
}

const client = new Client(20000)
act(client)
  .catch(error => {
    console.error(error)
    process.exitCode = 1
  })
  .finally(() => client.close())
