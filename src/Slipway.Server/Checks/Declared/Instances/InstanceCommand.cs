using Slipway.Contracts.Agent.V1;
using Slipway.Contracts.Services;
using Slipway.Server.Instances.Live;

namespace Slipway.Server.Checks.Declared.Instances;

/// <summary>A command that runs on instances that the deployment has changed: the first of them, or all.</summary>
internal sealed class InstanceCommand(LiveFleet fleet, CommandDesk desk)
{
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(20);

    /// <summary>Until the agent's answer is here, which says itself that the command took too long.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(24);

    public async Task<Finding> AskAsync(CheckCall call, int number, CancellationToken cancellation)
    {
        var changed = ChangedInstances.Of(fleet, call.Run.Target, call.Run.Release, call.Run.Deployment);
        var asked = call.Check.Where == CheckPlace.Instance ? changed.OrderByDescending(member => member.Instance.IsConnected).Take(1).ToList() : changed;
        var command = CommandOf(call, number);
        var answers = await Task.WhenAll(asked.Select(async member => (member.Instance.Name, Ended: await desk.AskAsync(member.Instance, command, Patience, cancellation))));
        return InstanceAnswers.Judge(command.Command.Arguments[0], [.. answers.Select(answer => (answer.Name, answer.Ended))]);
    }

    /// <summary>Placeholders are the agent's to fill in: it has the secrets, and this does not.</summary>
    private static RunCommand CommandOf(CheckCall call, int number) => new()
    {
        Run = $"{call.Run.Key}/{number}",
        Service = call.Run.Target.Service.Value,
        Version = call.Run.Release.Version.Value,
        Command = new() { Arguments = { call.Check.Command } },
        DeadlineMs = (int)Within.TotalMilliseconds,
        Environment = { call.Values.Own.ToDictionary() },
    };
}
