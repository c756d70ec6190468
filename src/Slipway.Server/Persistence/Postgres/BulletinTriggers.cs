using Slipway.Server.Cluster;

namespace Slipway.Server.Persistence.Postgres;

/// <summary>
/// The triggers by which PostgreSQL tells every node what was committed: one notification for each statement and some sixty names. The name of the node that wrote
/// is its connection's application name. The first migration makes these: a later one that adds a table which other nodes keep in memory or show brings its own trigger,
/// and leaves these lines as they are.
/// </summary>
internal static class BulletinTriggers
{
    public const string Channel = "slipway";

    private static readonly string[] Events = ["INSERT", "UPDATE", "DELETE"];

    /// <summary>A payload has at most 8000 bytes, and the longest name 128.</summary>
    private const string Functions = """
        CREATE FUNCTION slipway_tell() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE names text;
        BEGIN
            FOR names IN EXECUTE format(
                'SELECT string_agg(name, '','') FROM (SELECT name, row_number() OVER () / 60 AS part FROM (SELECT DISTINCT %s AS name FROM changed) AS each) AS numbered GROUP BY part', TG_ARGV[1])
            LOOP
                PERFORM pg_notify('slipway', current_setting('application_name') || '|' || TG_ARGV[0] || '|' || names);
            END LOOP;
            RETURN NULL;
        END $$;

        CREATE FUNCTION slipway_tell_table() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            PERFORM pg_notify('slipway', current_setting('application_name') || '|Tables|' || TG_TABLE_NAME);
            RETURN NULL;
        END $$;
        """;

    private static readonly (string Table, Bulletin Kind, string Name)[] Named =
    [
        ("instances", Bulletin.Instances, "\"Name\""),
        ("assignments", Bulletin.Instances, "\"Instance\""),
        ("instance_status", Bulletin.Instances, "\"Instance\""),
        ("deployment_events", Bulletin.Events, "\"Deployment\""),
        ("deployment_instances", Bulletin.Progress, "\"Deployment\""),
        ("targets", Bulletin.Targets, "\"Service\" || ''/'' || \"Environment\""),
        ("target_observations", Bulletin.Targets, "\"Service\" || ''/'' || \"Environment\""),
    ];

    /// <summary>Tokens only when one is made, revoked or deleted: that one was used is no news.</summary>
    private static readonly (string Table, string When)[] Whole =
    [
        ("services", "INSERT OR UPDATE OR DELETE"),
        ("environments", "INSERT OR UPDATE OR DELETE"),
        ("versions", "INSERT OR UPDATE OR DELETE"),
        ("config_revisions", "INSERT OR UPDATE OR DELETE"),
        ("tokens", "INSERT OR DELETE OR UPDATE OF \"RevokedAt\""),
        ("join_tokens", "INSERT OR UPDATE OR DELETE"),
        ("feedback", "INSERT OR UPDATE OR DELETE"),
        ("connections", "INSERT OR UPDATE OR DELETE"),
    ];

    public static IEnumerable<string> Create()
    {
        yield return Functions;
        foreach (var (table, kind, name) in Named)
        {
            foreach (var change in Events)
            {
                var rows = change == "DELETE" ? "OLD" : "NEW";
                yield return $"CREATE TRIGGER tell_{change.ToLowerInvariant()} AFTER {change} ON {table} REFERENCING {rows} TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION slipway_tell('{kind}', '{name}')";
            }
        }

        foreach (var (table, when) in Whole)
            yield return $"CREATE TRIGGER tell AFTER {when} ON {table} FOR EACH STATEMENT EXECUTE FUNCTION slipway_tell_table()";
    }
}
