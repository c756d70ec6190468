using System.CommandLine;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using Slipway.Agent.Identity;
using Slipway.Agent.Reporting;

namespace Slipway.Agent.Commands;

/// <summary>`slipway-agent run`: does what the server says until it is told to stop; services outlive it.</summary>
internal static class RunCommand
{
    private static readonly Option<string> Data = AgentCommand.DataOption();
    private static readonly Option<bool> Verbose = new("--verbose") { Description = "Tell more on standard error." };

    public static Command Create(TextWriter error)
    {
        var command = new Command("run", "Does what the server says, until Ctrl-C or SIGTERM. Services go on running then.") { Data, Verbose };
        command.SetAction((parsed, cancellation) => InvokeAsync(parsed, error, cancellation));
        return command;
    }

    private static async Task<int> InvokeAsync(ParseResult parsed, TextWriter error, CancellationToken cancellation)
    {
        var data = new DataFolder(parsed.GetValue(Data)!);
        if (Joined.TryLoad(data, out var identity, out var keys) is { } failure)
        {
            await error.WriteLineAsync(failure.Message);
            return failure.ExitCode;
        }

        using var held = AgentLock.TryTake(data);
        if (held is null)
        {
            await error.WriteLineAsync($"Another agent runs with {data.Root}. Stop it first, or give another folder with --data.");
            return ExitCode.WrongUsage;
        }

        using var logs = new ConsoleLoggerFactory(error, parsed.GetValue(Verbose) ? LogLevel.Debug : LogLevel.Information, TimeProvider.System);
        using (keys)
        using (var stop = StopSignal.Listen(cancellation))
        {
            try
            {
                await using var agent = new AgentProcess(data, identity, keys, logs, TimeProvider.System);
                await agent.RunAsync(stop.Token);
                return ExitCode.Done;
            }
            catch (SocketException e)
            {
                await error.WriteLineAsync($"The address for balancers, {identity.Balancer}, cannot be used: {e.Message}. Free it, or join again with --replace and another --balancer.");
                return ExitCode.WrongUsage;
            }
        }
    }
}
