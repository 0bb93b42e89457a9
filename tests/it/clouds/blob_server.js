// Azure Blob Storage on this machine: azurite, in memory, with a container.
//
// Writes one line: the address of the account. Ends with its standard input. NODE_PATH says where azurite is.
"use strict";

const { spawn } = require("node:child_process");
const net = require("node:net");
const path = require("node:path");
const { BlobServiceClient } = require("@azure/storage-blob");

// The account that every emulator has; its key is in Azure's documentation.
const account = "devstoreaccount1";
const key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

function freePort() {
  return new Promise((resolve) => {
    const probe = net.createServer().listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

async function main() {
  const port = await freePort();
  const azurite = path.join(path.dirname(require.resolve("azurite/package.json")), "dist/src/blob/main.js");
  const flags = ["--blobHost", "127.0.0.1", "--blobPort", String(port), "--inMemoryPersistence", "--silent", "--skipApiVersionCheck", "--disableTelemetry"];
  const server = spawn(process.execPath, [azurite, ...flags], { stdio: ["ignore", "ignore", "inherit"] });
  const stop = () => {
    server.kill("SIGKILL");
    process.exit();
  };
  process.stdin.resume().on("end", stop);
  server.on("exit", () => process.exit(1));

  const url = `http://127.0.0.1:${port}/${account}`;
  const connection = `DefaultEndpointsProtocol=http;AccountName=${account};AccountKey=${key};BlobEndpoint=${url};`;
  const container = BlobServiceClient.fromConnectionString(connection).getContainerClient("states");
  for (let tries = 0; ; tries++) {
    try {
      await container.create();
      break;
    } catch (error) {
      if (tries === 100) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
  console.log(JSON.stringify({ url: `http://127.0.0.1:${port}` }));
}

main();
