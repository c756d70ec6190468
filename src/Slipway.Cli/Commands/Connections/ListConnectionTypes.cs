using Slipway.Cli.Output;
using Slipway.Cli.Running;
using Slipway.Contracts;
using Slipway.Contracts.Connections;

namespace Slipway.Cli.Commands.Connections;

/// <summary>slipway connections types</summary>
internal sealed class ListConnectionTypes(Surroundings surroundings)
    : SlipwayCommand(surroundings, "types", "What can be connected, and what has to be known for it.")
{
    private const int NameColumn = 16;

    protected override async Task<int> RunAsync(Invocation call, CancellationToken cancellation)
    {
        var types = await call.Client.Connections.ListTypesAsync(cancellation);
        if (call.Json)
        {
            call.WriteJson(new Page<ConnectionType> { Items = types }, ContractsJson.Default.PageConnectionType);
            return ExitCode.Done;
        }

        foreach (var type in types)
        {
            call.Line(call.Ink.Strong(type.Name) + (type.Title.Equals(type.Name, StringComparison.OrdinalIgnoreCase) ? "" : $"   {type.Title}"));
            foreach (var field in type.Fields)
                call.Line("  " + field.Name.PadRight(NameColumn) + Words.Wrap(Explain(field), call.Surroundings.Width, NameColumn + 2));
        }

        if (types is [var first, ..])
            call.Note($"Next: slipway connections put <name> --type {first.Name} --set {first.Fields[0].Name}=…");
        return ExitCode.Done;
    }

    private static string Explain(ConnectionField field) => string.Join(' ', new[]
    {
        field.Help,
        field.Required ? "Required." : null,
        field.WhenField is { } other ? $"Needed with {other} {string.Join(" or ", field.WhenValues)}." : null,
        field.Default is { } value ? $"Default: {value}." : null,
        field.Multiline ? $"Best as a file: {(field.Secret ? "--secret" : "--set")} {field.Name}=@FILE." : field.Secret ? $"A secret: --secret {field.Name}." : null,
    }.Where(part => part is not null));
}
