using System.Net;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Slipway.Agent.Connection;
using Slipway.Contracts.Agents;
using Artifact = Slipway.Contracts.Agent.V1.Artifact;

namespace Slipway.Agent.Preparing;

/// <summary>
/// Brings one artifact into a `.partial` file, through cut connections and, because the file stays, through restarts of the agent. Every byte is hashed
/// and handed on once, in order, as it passes.
/// </summary>
internal sealed partial class ArtifactDownload(
    ServerRequests requests, BucketReader? bucket, Artifact artifact, string partial, Random random, TimeProvider time, ILogger log) : IDisposable
{
    /// <summary>One after the other, with nothing received between: then it is not that links run out.</summary>
    private const int MostRefusals = 5;

    private static readonly TimeSpan Stalled = TimeSpan.FromSeconds(30);
    private readonly Backoff backoff = new(random);
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>Places in S3 are the bucket reader's.</summary>
    private readonly string[] urls = [.. artifact.Urls.Where(url => !url.StartsWith("s3:", StringComparison.Ordinal))];
    private long done;
    private int source;
    private int refusals;
    private bool wasSentOn;

    /// <summary>Bytes that are here.</summary>
    public long Done => Volatile.Read(ref done);

    /// <summary>Bytes that came over the network in this run.</summary>
    public long Received { get; private set; }

    /// <summary>Until every byte is here and the digest is right. Retries what the network does; throws what it cannot repair.</summary>
    public async Task RunAsync(ChunkPipe pipe, CancellationToken cancellation)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(partial)!);
        using var file = new FileStream(partial, new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, BufferSize = 0 });
        await TakeWhatIsThereAsync(file, pipe, cancellation);
        while (!IsComplete)
            await ReceiveSomeAsync(file, pipe, cancellation);

        pipe.Complete();
        var digest = Convert.ToHexStringLower(hash.GetHashAndReset());
        if (digest != artifact.Sha256)
            throw new PrepareException("digest_mismatch", $"The artifact that came has the sha256 {digest}, not {artifact.Sha256}: it was changed or damaged on the way.");
    }

    public void Dispose() => hash.Dispose();

    private bool IsComplete => Done >= artifact.Size;

    private async Task TakeWhatIsThereAsync(FileStream file, ChunkPipe pipe, CancellationToken cancellation)
    {
        if (file.Length > artifact.Size)
            file.SetLength(0);

        for (var length = file.Length; Done < length;)
        {
            var buffer = await pipe.RentAsync(cancellation);
            var read = RandomAccess.Read(file.SafeFileHandle, buffer.AsSpan(0, (int)Math.Min(buffer.Length, length - Done)), Done);
            Pass(pipe, buffer, read);
        }

        if (Done > 0)
            LogResuming(artifact.Sha256, Done, artifact.Size);
    }

    /// <summary>One request: everything that is missing, or as much as comes before the connection breaks.</summary>
    private async Task ReceiveSomeAsync(FileStream file, ChunkPipe pipe, CancellationToken cancellation)
    {
        var before = Done;
        string trouble;
        try
        {
            using var response = await RequestAsync(cancellation);
            trouble = await ReceiveAsync(response, file, pipe, cancellation);
        }
        catch (Exception e) when (e is HttpRequestException || (e is IOException && !DiskFull.Is(e)) || (e is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            trouble = e.InnerException?.Message ?? e.Message;
        }

        if (IsComplete)
            return;

        if (Done > before)
        {
            backoff.Reset();
            refusals = 0;
        }

        LogInterrupted(artifact.Sha256, Done, artifact.Size, trouble);
        source++;
        await Task.Delay(backoff.Next(), time, cancellation);
    }

    private async Task<HttpResponseMessage> RequestAsync(CancellationToken cancellation)
    {
        using var stalled = new CancellationTokenSource(Stalled, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, stalled.Token);
        if (bucket is not null && await bucket.TryGetAsync(artifact, AddRange, either.Token) is { } fromBucket)
        {
            wasSentOn = false;
            return fromBucket;
        }

        var path = urls.Length == 0 ? AgentPaths.Artifact(artifact.Sha256) : urls[source % urls.Length];
        if (path.StartsWith('/'))
            return await FromServerAsync(path, either.Token);

        if (!Uri.TryCreate(path, UriKind.Absolute, out var address) || address.Scheme is not ("https" or "http"))
            throw new PrepareException("download_failed", "The artifact's address is no http or https address.");

        return await FromElsewhereAsync(address, either.Token);
    }

    /// <summary>The bytes, or where the server says that they are: a link that is good for some minutes, so it is asked for anew each time.</summary>
    private async Task<HttpResponseMessage> FromServerAsync(string path, CancellationToken cancellation)
    {
        wasSentOn = false;
        var response = await requests.SendAsync(HttpMethod.Get, path, AddRange, cancellation);
        if (response.StatusCode is not (HttpStatusCode.TemporaryRedirect or HttpStatusCode.Found) || response.Headers.Location is not { } location)
            return response;

        response.Dispose();
        var link = new Uri(requests.Server, location);
        if (link.Scheme != "https" && (link.Scheme != "http" || requests.Server.Scheme == "https"))
            throw new PrepareException("download_failed", $"The server sends to {link.GetLeftPart(UriPartial.Path)} for the artifact, which is without TLS, unlike the server itself.");

        wasSentOn = true;
        return await FromElsewhereAsync(link, cancellation);
    }

    private async Task<HttpResponseMessage> FromElsewhereAsync(Uri address, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        AddRange(request);
        return await Elsewhere.SendAsync(request, cancellation);
    }

    private void AddRange(HttpRequestMessage request)
    {
        if (Done > 0)
            request.Headers.Range = new(Done, null);
    }

    /// <summary>Returns why it ended, for the log.</summary>
    private async Task<string> ReceiveAsync(HttpResponseMessage response, FileStream file, ChunkPipe pipe, CancellationToken cancellation)
    {
        if (wasSentOn && !response.IsSuccessStatusCode)
            return Refused(response);

        if (!response.IsSuccessStatusCode)
        {
            var refusal = await ServerRefusal.ReadAsync(response, cancellation);
            return refusal.IsWorthRetrying || urls.Length > 1
                ? refusal.Detail
                : throw new PrepareException("download_failed", $"The artifact cannot be fetched: {refusal.Detail}");
        }

        await using var body = await response.Content.ReadAsStreamAsync(cancellation);
        var skip = Done - StartOf(response);
        if (skip < 0)
            return "The answer begins behind what was asked for.";

        while (!IsComplete)
        {
            var buffer = await pipe.RentAsync(cancellation);
            var read = await ReadAsync(body, buffer, cancellation);
            var dropped = (int)Math.Min(skip, read);
            skip -= dropped;
            var kept = (int)Math.Min(read - dropped, artifact.Size - Done);
            if (dropped > 0)
                buffer.AsSpan(dropped, kept).CopyTo(buffer);

            RandomAccess.Write(file.SafeFileHandle, buffer.AsSpan(0, kept), Done);
            Received += read;
            Pass(pipe, buffer, kept);
            if (read == 0)
                return "The connection ended before the artifact did.";
        }

        return "";
    }

    /// <summary>A link that has run out is refused; the server gives a new one.</summary>
    private string Refused(HttpResponseMessage response)
    {
        var status = (int)response.StatusCode;
        var what = $"The place that the server sends to answers {status} {response.ReasonPhrase}.";
        return status >= 500 || (status is 400 or 403 or 408 or 429 && ++refusals < MostRefusals)
            ? what
            : throw new PrepareException("download_failed", $"The artifact cannot be fetched. {what}");
    }

    private async ValueTask<int> ReadAsync(Stream body, byte[] buffer, CancellationToken cancellation)
    {
        using var stalled = new CancellationTokenSource(Stalled, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, stalled.Token);
        return await body.ReadAsync(buffer, either.Token);
    }

    private void Pass(ChunkPipe pipe, byte[] buffer, int length)
    {
        hash.AppendData(buffer, 0, length);
        Volatile.Write(ref done, done + length);
        pipe.Return(buffer, length);
    }

    private static long StartOf(HttpResponseMessage response) =>
        response.StatusCode == HttpStatusCode.PartialContent ? response.Content.Headers.ContentRange?.From ?? 0 : 0;

    [LoggerMessage(Level = LogLevel.Information, Message = "Resuming {Sha256} at {Done} of {Total} bytes")]
    private partial void LogResuming(string sha256, long done, long total);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The download of {Sha256} stopped at {Done} of {Total} bytes: {Reason} Trying again")]
    private partial void LogInterrupted(string sha256, long done, long total, string reason);
}
