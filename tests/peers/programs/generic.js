// CDKTF without generated bindings: one class for every type. It is the cheapest form that CDKTF has; loading
// the generated AWS bindings would cost the peer more.
"use strict";
const { TerraformDataSource, TerraformProvider, TerraformResource } = require("cdktf");

class Resource extends TerraformResource {
  constructor(scope, id, type, args, meta = {}) {
    super(scope, id, { terraformResourceType: type, ...meta });
    this.args = args;
  }
  synthesizeAttributes() {
    return this.args;
  }
  get(attribute) {
    return this.getStringAttribute(attribute);
  }
}

class DataSource extends TerraformDataSource {
  constructor(scope, id, type) {
    super(scope, id, { terraformResourceType: type });
  }
  get(attribute) {
    return this.getStringAttribute(attribute);
  }
}

class AwsProvider extends TerraformProvider {
  constructor(scope, args) {
    super(scope, "aws", {
      terraformResourceType: "aws",
      terraformProviderSource: "hashicorp/aws",
      terraformGeneratorMetadata: { providerName: "aws", providerVersionConstraint: "~> 6.0" },
    });
    this.args = args;
  }
  synthesizeAttributes() {
    return this.args;
  }
}

module.exports = { AwsProvider, DataSource, Resource };
