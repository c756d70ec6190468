using System.CommandLine;
using Slipway.Cli.Completion;
using Slipway.Cli.Output;
using Slipway.Cli.Running;
using Slipway.Contracts;
using Slipway.Contracts.Connections;

namespace Slipway.Cli.Commands.Connections;

/// <summary>slipway connections put main --type spinnaker --set gate=https://… --secret token</summary>
internal sealed class PutConnectionCommand : SlipwayCommand
{
    private readonly Argument<string> name;
    private readonly Option<string> type;
    private readonly Option<string[]> set = new("--set") { Description = "A value; KEY=@FILE reads it from a file (a value that begins with @ itself: @@)", HelpName = "KEY=VALUE" };

    private readonly Option<string[]> secrets = new("--secret")
    {
        Description = "A secret: KEY asks for it, KEY=- reads it from standard input, KEY=@FILE from a file. It never stands in the command",
        HelpName = "KEY",
    };

    private readonly Option<string[]> unset = new("--unset") { Description = "Take a value or secret away", HelpName = "KEY" };

    public PutConnectionCommand(Surroundings surroundings)
        : base(surroundings, "put", "Make a connection or change what is given of it. Everything else of it stays as it is.")
    {
        name = new Argument<string>("name") { HelpName = "name", Description = "What settings of services will call it" }.Completing(surroundings, KnownNames.Connections);
        type = new Option<string>("--type") { Description = "What it connects, see slipway connections types (only for a new one)", HelpName = "type" }.Completing(surroundings, KnownNames.ConnectionTypes);
        Add(name);
        Add(type);
        Add(set);
        Add(secrets);
        Add(unset);
    }

    protected override async Task<int> RunAsync(Invocation call, CancellationToken cancellation)
    {
        var values = ConnectionValues.Split(call.Get(set));
        var wanted = ConnectionValues.SplitSecrets(call.Get(secrets));
        var gone = call.Get(unset);
        var before = (await call.Client.Connections.ListAsync(cancellation)).FirstOrDefault(known => known.Name == call.Get(name));
        if (before is not null && values.Count + wanted.Count + gone.Length == 0)
            throw StopException.Usage("nothing_to_set", "There is nothing to set.", "Give --set KEY=VALUE, --secret KEY or --unset KEY.");

        var kind = await TypeAsync(call, before, cancellation);
        ConnectionValues.Check(kind, values.Keys, wanted.Keys, gone);
        var put = new PutConnection
        {
            Type = kind.Name,
            Values = ConnectionValues.Merge(before, values, gone, call.Surroundings.CurrentDirectory),
            Secrets = await ConnectionSecrets.ReadAsync(call, kind, wanted, gone, cancellation),
        };
        var connection = await call.Client.Connections.PutAsync(call.Get(name), put, cancellation);
        if (call.Json)
            call.WriteJson(connection, ContractsJson.Default.Connection);
        else
            call.Line(call.Ink.Good($"✓ The connection {connection.Name} ({kind.Title}) is {(before is null ? "made" : "changed")}."));
        call.Note($"Nothing was tried yet: slipway connections test {connection.Name}");
        return ExitCode.Done;
    }

    private async Task<ConnectionType> TypeAsync(Invocation call, Connection? before, CancellationToken cancellation)
    {
        var wanted = call.Get(type) ?? before?.Type
            ?? throw StopException.Usage("type_missing", $"There is no connection {call.Get(name)} yet, so --type is missing.", "slipway connections types shows what can be connected.");
        var types = await call.Client.Connections.ListTypesAsync(cancellation);
        return types.FirstOrDefault(known => known.Name == wanted)
            ?? throw StopException.Usage("type_unknown", $"\"{wanted}\" can not be connected.", Nearest.Ask(wanted, types.Select(t => t.Name)) ?? $"There is {string.Join(", ", types.Select(t => t.Name))}.");
    }
}
