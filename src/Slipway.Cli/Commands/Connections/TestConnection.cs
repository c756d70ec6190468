using System.CommandLine;
using Slipway.Cli.Completion;
using Slipway.Cli.Output;
using Slipway.Cli.Running;
using Slipway.Contracts;

namespace Slipway.Cli.Commands.Connections;

/// <summary>slipway connections test main</summary>
internal sealed class TestConnection : SlipwayCommand
{
    private readonly Argument<string> name;

    public TestConnection(Surroundings surroundings)
        : base(surroundings, "test", "Try a connection for real, step by step; exit 1 if it does not work. Changes nothing there.")
    {
        name = new Argument<string>("name") { HelpName = "name", Description = "The connection" }.Completing(surroundings, KnownNames.Connections);
        Add(name);
    }

    protected override async Task<int> RunAsync(Invocation call, CancellationToken cancellation)
    {
        var found = await call.Client.Connections.TestAsync(call.Get(name), cancellation);
        if (call.Json)
        {
            call.WriteJson(found, ContractsJson.Default.ConnectionDiagnosis);
            return found.Works ? ExitCode.Done : ExitCode.Failed;
        }

        var column = found.Steps.Count == 0 ? 0 : found.Steps.Max(step => step.Name.Length) + 2;
        foreach (var step in found.Steps)
        {
            var mark = step.Works ? call.Ink.Good("✓") : call.Ink.Bad("✗");
            call.Line($"  {mark} {step.Name.PadRight(column)}{Words.Wrap(Words.Printable(step.Message), call.Width, column + 4)}");
        }

        call.Line(found.Works ? call.Ink.Good($"{call.Get(name)} works.") : call.Ink.Bad($"{call.Get(name)} does not work."));
        return found.Works ? ExitCode.Done : ExitCode.Failed;
    }
}
