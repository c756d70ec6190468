using Slipway.Cli.Output;
using Slipway.Cli.Running;
using Slipway.Contracts;
using Slipway.Contracts.Environments;

namespace Slipway.Cli.Commands.Environments;

/// <summary>slipway environments</summary>
internal sealed class ListEnvironments : SlipwayCommand
{
    public ListEnvironments(Surroundings surroundings)
        : base(surroundings, "environments", "The environments, in the order of promotion.") =>
        Add(new CreateEnvironment(surroundings));

    protected override async Task<int> RunAsync(Invocation call, CancellationToken cancellation)
    {
        var environments = await call.Client.Environments.ListAsync(cancellation);
        if (call.Json)
        {
            call.WriteJson(new Page<SlipwayEnvironment> { Items = environments }, ContractsJson.Default.PageSlipwayEnvironment);
            return ExitCode.Done;
        }

        if (environments.Count == 0)
        {
            call.Line("There are no environments yet.");
            call.Note("Next: slipway environments create <name>; an agent that joins makes its environment, too.");
            return ExitCode.Done;
        }

        var table = new TextTable("ENVIRONMENT", "AGE", "ASKS", "DESCRIPTION");
        foreach (var environment in environments)
            table.Add(environment.Name.Value, Words.Age(call.Time.GetUtcNow() - environment.CreatedAt), environment.Confirm ? "yes" : "", environment.Description);
        call.Out.Write(table.Render(call.Ink, call.Surroundings.IsTerminal ? call.Surroundings.Width : 0));
        return ExitCode.Done;
    }
}
