using System.Net.Http.Headers;
using Google.Protobuf;
using Microsoft.Extensions.Logging;
using Slipway.Agent.Connection;
using Slipway.Agent.Reporting;
using Slipway.Contracts.Agent.V1;
using Slipway.Contracts.Agents;

namespace Slipway.Agent.Queue;

/// <summary>
/// Says over the API how things stand, at every change and now and then, and hears in the answers what was missed. While the server is away the newest
/// word of each service waits, and is told when it is back.
/// </summary>
internal sealed partial class Reporter(
    ServerRequests requests, Outbox outbox, IConversation conversation, QueuePlaces places, Random random, TimeProvider time, ILogger<Reporter> log)
{
    private const int MostMessages = 200;
    private const int MostBytes = 512 * 1024;

    /// <summary>Between heartbeats while nothing can be heard from the queue: then they are how commands come.</summary>
    private static readonly TimeSpan WhileDeaf = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan DefaultInterval = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan RevokedRetry = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(2);
    private readonly string session = Guid.NewGuid().ToString("N");
    private readonly Backoff backoff = new(random);
    private readonly ReportPace pace = new(time);
    private readonly HelloWish hello = new(random, time);
    private TimeSpan interval = DefaultInterval;
    private string lastTrouble = "";
    private long beatAt = time.GetTimestamp();

    /// <summary>Somebody wants the whole story told again, within this time.</summary>
    public void HelloWithin(TimeSpan within) => hello.Within(within);

    /// <summary>Until cancelled, which says goodbye.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        places.TroubleChanged += SayTrouble;
        while (!cancellation.IsCancellationRequested)
        {
            TimeSpan pause;
            try
            {
                outbox.BeginConnection();
                pause = await ReportAsync(cancellation);
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                break;
            }
            catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException or InvalidProtocolBufferException)
            {
                Trouble(e is OperationCanceledException ? "It did not answer in time." : e.InnerException?.Message ?? e.Message);
                requests.MoveToNextServer();
                pause = backoff.Next();
            }

            conversation.Disconnected();
            await Task.Delay(pause, time, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        places.TroubleChanged -= SayTrouble;
        await LeaveAsync();
    }

    /// <summary>As long as the server takes it. Returns how long to wait before beginning again.</summary>
    private async Task<TimeSpan> ReportAsync(CancellationToken cancellation)
    {
        var refusal = await PostAsync([Hello()], cancellation);
        while (refusal is null)
        {
            var batch = await NextAsync(cancellation);
            await pace.WaitAsync(cancellation);
            try
            {
                refusal = await PostAsync(batch, cancellation);
            }
            catch
            {
                outbox.PutBack(batch);
                throw;
            }
            finally
            {
                if (refusal is not null)
                    outbox.PutBack(batch);
            }
        }

        return After(refusal);
    }

    /// <summary>What there is to say, as soon as there is something.</summary>
    private async Task<IReadOnlyList<ToServer>> NextAsync(CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var beat = Task.Delay(UntilBeat(), time, stop.Token);
        var wish = hello.WaitAsync(stop.Token);
        var first = await Task.WhenAny(outbox.WaitAsync(stop.Token), beat, wish);
        await stop.CancelAsync();
        cancellation.ThrowIfCancellationRequested();
        var batch = outbox.TakeSome(MostMessages, MostBytes);
        if (first == wish)
            return [Hello(), .. batch];
        if (first != beat)
            return batch;

        beatAt = time.GetTimestamp();
        return [.. batch, new ToServer { Heartbeat = conversation.Heartbeat() }];
    }

    /// <summary>Counted from the last one and not from the last report: only a heartbeat finds what was lost.</summary>
    private TimeSpan UntilBeat()
    {
        var left = (places.IsDeaf && interval > WhileDeaf ? WhileDeaf : interval) - time.GetElapsedTime(beatAt);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    private ToServer Hello()
    {
        hello.Done();
        beatAt = time.GetTimestamp();
        var message = conversation.Hello();
        message.Listening = places.Listening();
        return new() { Hello = message };
    }

    /// <summary>Null: it was taken, and the answers were heard.</summary>
    private async Task<ServerRefusal?> PostAsync(IReadOnlyList<ToServer> messages, CancellationToken cancellation)
    {
        if (messages is [])
            return null;

        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellation);
        var body = new Reports { Session = session, Messages = { messages } }.ToByteArray();
        using var response = await requests.SendAsync(HttpMethod.Post, AgentPaths.Messages, request => request.Content = Protobuf(body), either.Token);
        if (!response.IsSuccessStatusCode)
            return await ServerRefusal.ReadAsync(response, either.Token);

        foreach (var answer in Answers.Parser.ParseFrom(await response.Content.ReadAsByteArrayAsync(either.Token)).Messages)
            Hear(answer);

        backoff.Reset();
        places.Belongs(true);
        return null;
    }

    private void Hear(ToAgent answer)
    {
        if (answer.Welcome is { } welcome)
        {
            lastTrouble = "";
            interval = welcome.HeartbeatIntervalMs > 0 ? TimeSpan.FromMilliseconds(welcome.HeartbeatIntervalMs) : DefaultInterval;
            places.Learn(welcome.Broker);
            LogReported(requests.Server, welcome.ServerVersion, welcome.Assignments.Count);
        }

        conversation.Receive(answer);
    }

    private TimeSpan After(ServerRefusal refusal)
    {
        if (refusal is { Code: "hello_expected" })
            return TimeSpan.Zero;

        Trouble($"{refusal.Detail} ({refusal.Code})");
        requests.MoveToNextServer();
        if (refusal.IsFinal)
            places.Belongs(false);

        return refusal.IsFinal && !requests.HasSeveralServers ? RevokedRetry : backoff.Next();
    }

    private void SayTrouble() => hello.Within(TimeSpan.Zero);

    /// <summary>The same trouble again and again is told once.</summary>
    private void Trouble(string what)
    {
        if (what != lastTrouble)
            LogNotReported(requests.Server, what);

        lastTrouble = what;
    }

    private async Task LeaveAsync()
    {
        using var patience = new CancellationTokenSource(Farewell);
        try
        {
            await PostAsync([new() { Leaving = new() { Reason = "The agent was told to stop; its services go on." } }], patience.Token);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
        {
            // It will see that nothing comes any more.
        }

        LogStopped();
    }

    private static ByteArrayContent Protobuf(byte[] body) =>
        new(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/x-protobuf") } };

    [LoggerMessage(Level = LogLevel.Information, Message = "Reported to {Server} (version {Version}, {Assignments} assignments)")]
    private partial void LogReported(Uri server, string version, int assignments);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Nothing can be reported to {Server}: {Reason} Services go on, and so does what the queue says; trying again")]
    private partial void LogNotReported(Uri server, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "The agent stops; its services go on")]
    private partial void LogStopped();
}
