using Slipway.Cli.Output;
using Slipway.Cli.Running;
using Slipway.Contracts;
using Slipway.Contracts.Connections;

namespace Slipway.Cli.Commands.Connections;

/// <summary>slipway connections</summary>
internal sealed class ListConnections : SlipwayCommand
{
    public ListConnections(Surroundings surroundings)
        : base(surroundings, "connections", "Other systems that deploy for Slipway, and how they are reached. Alone it lists them.")
    {
        Add(new ListConnectionTypes(surroundings));
        Add(new PutConnectionCommand(surroundings));
        Add(new TestConnection(surroundings));
        Add(new DeleteConnection(surroundings));
    }

    protected override async Task<int> RunAsync(Invocation call, CancellationToken cancellation)
    {
        var connections = await call.Client.Connections.ListAsync(cancellation);
        if (call.Json)
        {
            call.WriteJson(new Page<Connection> { Items = connections }, ContractsJson.Default.PageConnection);
            return ExitCode.Done;
        }

        if (connections.Count == 0)
        {
            call.Line("There are no connections yet.");
            call.Note("What can be connected, and what has to be known for it: slipway connections types");
            return ExitCode.Done;
        }

        var table = new TextTable("CONNECTION", "TYPE", "AGE", "BY", "VALUES");
        foreach (var connection in connections)
            table.Add(connection.Name, connection.Type, Words.Age(call.Time.GetUtcNow() - connection.UpdatedAt), connection.UpdatedBy, Values(connection));

        call.Out.Write(table.Render(call.Ink, call.Surroundings.IsTerminal ? call.Surroundings.Width : 0));
        return ExitCode.Done;
    }

    private static string Values(Connection connection) => string.Join(
        ' ',
        connection.Values.Select(value => $"{value.Key}={Short(value.Value)}").Concat(connection.Secrets.Select(secret => $"{secret}=(secret)")));

    /// <summary>A certificate is told by its beginning.</summary>
    private static string Short(string value) => Words.Cut(Words.Printable(value.ReplaceLineEndings(" ")), 40);
}
