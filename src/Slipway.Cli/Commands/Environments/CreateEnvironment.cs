using System.CommandLine;
using Slipway.Cli.Running;
using Slipway.Contracts;
using Slipway.Contracts.Environments;
using Slipway.Contracts.Ids;

namespace Slipway.Cli.Commands.Environments;

/// <summary>slipway environments create staging</summary>
internal sealed class CreateEnvironment : SlipwayCommand
{
    private readonly Argument<EnvironmentName> name = Names.Typed<EnvironmentName>("name", "For example dev, staging, production");
    private readonly Option<string> description = new("--description") { Description = "What it is for", HelpName = "text" };
    private readonly Option<int?> order = new("--order") { Description = "Position in the order of promotion (default: last)", HelpName = "number" };
    private readonly Option<bool?> confirm = new("--confirm") { Description = "People type the service's name before they deploy there (--confirm false: not any more)", HelpName = "true|false" };

    public CreateEnvironment(Surroundings surroundings)
        : base(surroundings, "create", "Create an environment, or change what is given of it.")
    {
        Add(name);
        Add(description);
        Add(order);
        Add(confirm);
    }

    protected override async Task<int> RunAsync(Invocation call, CancellationToken cancellation)
    {
        var wanted = new PutEnvironment { Description = call.Get(description), Order = call.Get(order), Confirm = call.Get(confirm) };
        var environment = await call.Client.Environments.PutAsync(call.Get(name), wanted, cancellation);
        if (call.Json)
            call.WriteJson(environment, ContractsJson.Default.SlipwayEnvironment);
        else
            call.Line(call.Ink.Good($"✓ {environment.Name} is there."));
        call.Note($"Next: slipway agents token --environment {environment.Name}");
        return ExitCode.Done;
    }
}
