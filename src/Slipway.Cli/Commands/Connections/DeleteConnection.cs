using System.CommandLine;
using Slipway.Cli.Completion;
using Slipway.Cli.Running;

namespace Slipway.Cli.Commands.Connections;

/// <summary>slipway connections delete main</summary>
internal sealed class DeleteConnection : SlipwayCommand
{
    private readonly Argument<string> name;

    public DeleteConnection(Surroundings surroundings)
        : base(surroundings, "delete", "Forget a connection. Deployments that use it can not go on until there is one of that name again.")
    {
        name = new Argument<string>("name") { HelpName = "name", Description = "The connection" }.Completing(surroundings, KnownNames.Connections);
        Add(name);
    }

    protected override async Task<int> RunAsync(Invocation call, CancellationToken cancellation)
    {
        await call.Client.Connections.DeleteAsync(call.Get(name), cancellation);
        if (!call.Json)
            call.Line(call.Ink.Good($"✓ The connection {call.Get(name)} is gone."));
        return ExitCode.Done;
    }
}
