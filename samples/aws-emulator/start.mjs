// SNS, SQS and S3 on loopback: PORT, and DATA for a folder in which everything survives a restart.
import net from 'node:net';

// fauxqs listens on every address and has no setting for it.
const listen = net.Server.prototype.listen;
net.Server.prototype.listen = function (...args) {
    if (args[0] && typeof args[0] === 'object' && 'port' in args[0]) args[0] = { ...args[0], host: '127.0.0.1' };
    return listen.apply(this, args);
};

const { startFauxqs } = await import('fauxqs');
const data = process.env.DATA;
const server = await startFauxqs({
    port: Number(process.env.PORT ?? 4566),
    logger: false,
    ...(data ? { dataDir: data, s3StorageDir: `${data}/s3` } : {}),
});
console.log(`ready ${server.address}`);
process.on('SIGTERM', async () => {
    await server.stop();
    process.exit(0);
});
