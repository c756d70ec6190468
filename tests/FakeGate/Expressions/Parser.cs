using System.Globalization;
using System.Text.Json.Nodes;

namespace Slipway.FakeGate.Expressions;

/// <summary>The part of Spring's expression language that pipelines use, worked out while it is read.</summary>
internal sealed class Parser(string source, Scope scope)
{
    private readonly List<Token> tokens = Lexer.Read(source);
    private int at;

    public JsonNode? Evaluate()
    {
        var value = Choice();
        return tokens[at].Kind == Kind.End ? value : throw new ExpressionException($"EL1041E: After parsing a valid expression, there is still more data in the expression: '{tokens[at].Value}'");
    }

    private JsonNode? Choice()
    {
        var value = Or();
        if (Takes("?:"))
        {
            var otherwise = Choice();
            return Values.Text(value) is null or "" ? otherwise : value;
        }

        if (!Takes("?"))
            return value;

        var yes = Choice();
        Expect(":");
        var no = Choice();
        return Values.Truth(value) ? yes : no;
    }

    private JsonNode? Or()
    {
        var value = And();
        while (Takes("||") || Takes("or"))
        {
            var right = And();
            value = Values.Truth(value) || Values.Truth(right);
        }

        return value;
    }

    private JsonNode? And()
    {
        var value = Compared();
        while (Takes("&&") || Takes("and"))
        {
            var right = Compared();
            value = Values.Truth(value) && Values.Truth(right);
        }

        return value;
    }

    private JsonNode? Compared()
    {
        var value = Sum();
        foreach (var sign in (string[])["==", "!=", "<=", ">=", "<", ">"])
        {
            if (Takes(sign))
                return Values.Compare(value, sign, Sum());
        }

        return value;
    }

    private JsonNode? Sum()
    {
        var value = Product();
        while (true)
        {
            if (Takes("+"))
                value = Values.Add(value, Product());
            else if (Takes("-"))
                value = Values.Number(value) - Values.Number(Product());
            else
                return value;
        }
    }

    private JsonNode? Product()
    {
        var value = Unary();
        while (true)
        {
            if (Takes("*"))
                value = Values.Number(value) * Values.Number(Unary());
            else if (Takes("/"))
                value = Values.Number(value) / Values.Number(Unary());
            else
                return value;
        }
    }

    private JsonNode? Unary()
    {
        if (Takes("!") || Takes("not"))
            return !Values.Truth(Unary());

        return Takes("-") ? -Values.Number(Unary()) : Members(Primary());
    }

    private JsonNode? Members(JsonNode? value)
    {
        while (true)
        {
            if (Takes("?."))
                value = value is null ? Skip(Next(Kind.Name)) : Member(value, Next(Kind.Name));
            else if (Takes("."))
                value = Member(value, Next(Kind.Name));
            else if (Takes("["))
                value = Indexed(value);
            else
                return value;
        }
    }

    private JsonNode? Indexed(JsonNode? value)
    {
        var index = Choice();
        Expect("]");
        return Values.Index(value, index);
    }

    private JsonNode? Skip(string _)
    {
        if (Takes("("))
            Arguments(")");

        return null;
    }

    private JsonNode? Member(JsonNode? value, string name) =>
        Takes("(") ? Methods.Call(value, name, Arguments(")")) : Values.Property(value, name);

    private JsonNode? Primary()
    {
        var token = tokens[at++];
        return token switch
        {
            { Kind: Kind.Number } => double.Parse(token.Value, CultureInfo.InvariantCulture),
            { Kind: Kind.Text } => token.Value,
            { Kind: Kind.Name, Value: "true" } => true,
            { Kind: Kind.Name, Value: "false" } => false,
            { Kind: Kind.Name, Value: "null" } => null,
            { Kind: Kind.Name } => scope.Root(token.Value),
            { Value: "(" } => Closed(),
            { Value: "{" } => new JsonArray([.. Arguments("}").Select(item => item?.DeepClone())]),
            { Value: "#" } => Function(),
            _ => throw new ExpressionException($"EL1070E: Problem parsing left operand near '{token.Value}'"),
        };
    }

    private JsonNode? Closed()
    {
        var value = Choice();
        Expect(")");
        return value;
    }

    private JsonNode? Function()
    {
        var name = Next(Kind.Name);
        Expect("(");
        return scope.Function(name, Arguments(")"));
    }

    private List<JsonNode?> Arguments(string end)
    {
        List<JsonNode?> given = [];
        if (Takes(end))
            return given;

        do
            given.Add(Choice());
        while (Takes(","));
        Expect(end);
        return given;
    }

    private bool Takes(string value)
    {
        if (tokens[at].Kind is not (Kind.Sign or Kind.Name) || tokens[at].Value != value)
            return false;

        at++;
        return true;
    }

    private void Expect(string value)
    {
        if (!Takes(value))
            throw new ExpressionException($"EL1043E: Unexpected token. Expected '{value}' but was '{tokens[at].Value}'");
    }

    private string Next(Kind kind) => tokens[at].Kind == kind
        ? tokens[at++].Value
        : throw new ExpressionException($"EL1049E: Unexpected data after '.': '{tokens[at].Value}'");
}
