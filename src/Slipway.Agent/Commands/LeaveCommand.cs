using System.CommandLine;
using Slipway.Agent.Connection;
using Slipway.Agent.Identity;
using Slipway.Agent.Queue;
using Slipway.Contracts.Agents;

namespace Slipway.Agent.Commands;

/// <summary>`slipway-agent leave`: the instance is one no more, and nothing of its agent stays behind in AWS.</summary>
internal static class LeaveCommand
{
    private static readonly Option<string> Data = AgentCommand.DataOption();
    private static readonly Option<bool> Force = new("--force") { Description = "Leave also when the server cannot be told; delete the instance there by hand." };
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static Command Create(TextWriter output, TextWriter error)
    {
        var command = new Command("leave", "Takes this instance out for good, with its queue in AWS. Services go on running.") { Data, Force };
        command.SetAction((parsed, cancellation) => InvokeAsync(new(parsed.GetValue(Data)!), parsed.GetValue(Force), output, error, cancellation));
        return command;
    }

    private static async Task<int> InvokeAsync(DataFolder data, bool force, TextWriter output, TextWriter error, CancellationToken cancellation)
    {
        if (Joined.TryLoad(data, out var identity, out var keys) is { } unknown)
            return await TellAsync(error, unknown);

        using var held = AgentLock.TryTake(data);
        if (held is null)
            return await TellAsync(error, new(ExitCode.WrongUsage, $"An agent runs with {data.Root}. Stop it first."));

        using (keys)
        {
            if (await TellServerAsync(identity, keys, cancellation) is { } failure && !force)
                return await TellAsync(error, failure with { Message = failure.Message + " With --force this machine leaves all the same." });
        }

        if (await RemoveQueueAsync(data, identity, cancellation) is { } stays)
            await error.WriteLineAsync(stays);

        foreach (var file in (string[])[data.Queue, data.NextKey, data.Key, data.Identity])
            File.Delete(file);
        await output.WriteLineAsync($"{identity.Instance} has left {identity.Servers[0]}. Its services go on running; nothing looks after them any more.");
        return ExitCode.Done;
    }

    private static async Task<int> TellAsync(TextWriter error, CommandFailure failure)
    {
        await error.WriteLineAsync(failure.Message);
        return failure.ExitCode;
    }

    private static async Task<CommandFailure?> TellServerAsync(AgentIdentity identity, AgentKeys keys, CancellationToken cancellation)
    {
        using var patience = new CancellationTokenSource(Patience);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, patience.Token);
        using var http = new HttpMessageInvoker(ServerTrust.CreateHandler(identity.CaPem));
        var requests = new ServerRequests(identity, keys, http, TimeProvider.System);
        try
        {
            using var response = await requests.SendAsync(HttpMethod.Post, AgentPaths.Leave, null, either.Token);
            if (response.IsSuccessStatusCode)
                return null;

            // Deleted there before: that is what was wanted.
            var refusal = await ServerRefusal.ReadAsync(response, either.Token);
            return refusal.IsFinal ? null : new(ExitCode.Refused, refusal.Detail);
        }
        catch (Exception e) when (e is HttpRequestException or IOException || (e is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            return new(ExitCode.ServerUnreachable, $"{requests.Server} cannot be reached ({e.Message}).");
        }
    }

    /// <summary>A sentence about what stays behind, or null.</summary>
    private static async Task<string?> RemoveQueueAsync(DataFolder data, AgentIdentity identity, CancellationToken cancellation)
    {
        if (identity.Transport != Transport.Aws || QueuePlace.Load(data) is not { } place)
            return null;

        try
        {
            using var clients = new AwsClients(place.Region, TimeProvider.System);
            await new QueueSetup(identity, clients).RemoveAsync(place, cancellation);
            return null;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return $"The queue {place.QueueUrl} and the subscription {place.SubscriptionArn} stay: {AwsTroubles.Explain(e)} Remove them by hand.";
        }
    }
}
