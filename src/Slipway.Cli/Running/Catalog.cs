using System.CommandLine;
using Slipway.Cli.Commands.Access;
using Slipway.Cli.Commands.Configuration;
using Slipway.Cli.Commands.Connections;
using Slipway.Cli.Commands.Deployments;
using Slipway.Cli.Commands.Environments;
using Slipway.Cli.Commands.Instances;
using Slipway.Cli.Commands.Services;
using Slipway.Cli.Commands.Targets;
using Slipway.Cli.Commands.Versions;

namespace Slipway.Cli.Running;

/// <summary>The table of contents: every command, in the order in which help shows it.</summary>
internal static class Catalog
{
    private const string Ship = "Ship";
    private const string See = "See";
    private const string Control = "Control";
    private const string SetUp = "Set up";

    public static IReadOnlyList<Entry> Commands { get; } =
    [
        new(Ship, "apply", "Create or change a service from its slipway.yaml", s => new Apply(s)),
        new(Ship, "publish", "Upload a build and make it a version", s => new Publish(s)),
        new(Ship, "deploy", "Bring an environment to a version", s => new Deploy(s)),
        new(Ship, "promote", "Deploy what runs in one environment to the next", s => new Promote(s)),
        new(Ship, "rollback", "Take an environment back to the version before", s => new RollBack(s)),

        new(See, "status", "What runs where, and how it is", s => new Status(s)),
        new(See, "watch", "Follow a deployment until it is finished", s => new Watch(s)),
        new(See, "explain", "Is a deployment's version healthy, and why", s => new Explain(s)),
        new(See, "replay", "Judge past deployments by other rules", s => new Replay(s)),
        new(See, "deployments", "The deployments there were and are", s => new ListDeployments(s)),
        new(See, "versions", "The versions of a service", s => new ListVersions(s)),
        new(See, "instances", "The machines, and what they run", s => new ListInstances(s)),
        new(See, "logs", "The output of a service on its instances", s => new Logs(s)),

        new(Control, "pause", "Stop a deployment at its next safe point", s => Steer.Pause(s)),
        new(Control, "resume", "Let a paused deployment go on", s => Steer.Resume(s)),
        new(Control, "cancel", "End a deployment at its next safe point", s => Steer.Cancel(s)),
        new(Control, "approve", "Answer yes to what a deployment asks", s => Answer.Approve(s)),
        new(Control, "reject", "Answer no; what was changed is taken back", s => Answer.Reject(s)),
        new(Control, "hold", "Refuse automatic deployments for a while", s => new Hold(s)),
        new(Control, "unhold", "Lift a hold", s => new Unhold(s)),
        new(Control, "restart", "Restart a service, some instances after the others", s => new Restart(s)),

        new(SetUp, "login", "Remember a server and a token", s => new Login(s)),
        new(SetUp, "environments", "The environments; create one", s => new ListEnvironments(s)),
        new(SetUp, "config", "The settings of a service in an environment", s => new Config(s)),
        new(SetUp, "connections", "Other systems that deploy, such as Spinnaker", s => new ListConnections(s)),
        new(SetUp, "agents", "Let agents join", s => new Agents(s)),
        new(SetUp, "tokens", "API tokens", s => new Tokens(s)),
        new(SetUp, "completion", "Completions for bash, zsh and fish", s => new Completion.Print(s)),
    ];

    internal sealed record Entry(string Group, string Name, string Summary, Func<Surroundings, Command> Create);
}
